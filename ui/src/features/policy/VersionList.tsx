import type { PolicyVersion } from "@/api/types";
import { Button } from "@/components/Button";
import { integer } from "@/lib/number";
import { absoluteTime, dayTime, instant } from "@/lib/time";
import { m } from "@/paraglide/messages.js";

/** Who wrote a version, when and why, in one line. */
export function VersionLine({ version }: { version: PolicyVersion }) {
  const at = instant(version.at);
  return (
    <>
      <span className="font-medium text-fg">{m.policy_version({ number: integer(version.version) })}</span>
      <span className="text-fg-2">
        {version.author}
        {at === undefined ? null : (
          <>
            {" · "}
            <time dateTime={version.at ?? undefined} title={absoluteTime(at)}>
              {dayTime(at)}
            </time>
          </>
        )}
      </span>
      <span className="min-w-0 wrap-anywhere text-fg">{version.reason}</span>
    </>
  );
}

interface Properties {
  readonly versions: readonly PolicyVersion[];
  readonly onOpen: (version: PolicyVersion) => void;
}

/** Versions, newest first; each can be opened. */
export function VersionList({ versions, onOpen }: Properties) {
  if (versions.length === 0) {
    return <p className="px-16 py-12 text-sm text-fg-3">{m.policy_no_version()}</p>;
  }
  return (
    <ol className="flex flex-col">
      {versions.map((version) => (
        <li
          key={version.version}
          className="flex flex-wrap items-baseline gap-x-12 border-b border-border px-16 py-8 text-sm last:border-b-0"
        >
          <VersionLine version={version} />
          <span className="ml-auto">
            <Button
              size="small"
              aria-label={m.policy_version_open({ number: integer(version.version) })}
              onClick={() => onOpen(version)}
            >
              {m.order_late_open()}
            </Button>
          </span>
        </li>
      ))}
    </ol>
  );
}
