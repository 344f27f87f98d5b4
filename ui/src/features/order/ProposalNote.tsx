import { Banner } from "@/components/Problem";
import { type Proposal, proposalWhy } from "./proposal";

/** Why an edit is proposed and not done. */
export function ProposalNote({ proposal }: { proposal: Proposal }) {
  return (
    <div role="status">
      <Banner family="info" title={proposalWhy(proposal)} />
    </div>
  );
}
