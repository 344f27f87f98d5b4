/** Every component in every state; development and test builds only. Axe and screenshots visit it. */
import { Check, Package, Pause, Plus, Trash2, X } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { HealthLevel, Stage } from "@/api/types";
import { Button, IconButton } from "@/components/Button";
import { Chip } from "@/components/Chip";
import { Dialog } from "@/components/Dialog";
import { Dot } from "@/components/Dot";
import { EmptyState } from "@/components/EmptyState";
import { Field, TextAreaField, TextField } from "@/components/Field";
import { FAMILIES, type Family } from "@/components/family";
import { KeyCap } from "@/components/KeyCap";
import { Menu, MenuItem, MenuSeparator } from "@/components/Menu";
import { Banner, ProblemBanner } from "@/components/Problem";
import { Select } from "@/components/Select";
import { Skeleton } from "@/components/Skeleton";
import { Sparkline } from "@/components/Sparkline";
import { HealthChip, StageChip } from "@/components/StateChip";
import { SwitchField } from "@/components/SwitchField";
import { healthLook, stageLook } from "@/components/stages";
import { Tabs } from "@/components/Tabs";
import { useToaster } from "@/components/Toast";
import { setTheme } from "@/lib/theme";

const PROBLEM = {
  code: "SY-1201",
  title: "ShipBob refused fulfillment order SW-10442-1",
  detail: "Postcode 1234 is not valid for DE.",
  next_step: "Correct the address, then release the order again.",
};

const SAMPLE_ICON = { neutral: Package, info: Package, success: Check, attention: Pause, danger: X, changed: Plus };

function Row({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="grid grid-cols-[160px_1fr] gap-16 border-t border-border py-16">
      <h2 className="text-xs text-fg-3">{title}</h2>
      <div className="flex min-w-0 flex-wrap items-center gap-12">{children}</div>
    </section>
  );
}

function Swatch({ family }: { family: Family }) {
  const Icon = SAMPLE_ICON[family];
  return (
    <span className="flex items-center gap-8">
      <Dot family={family} label={family} />
      <Chip family={family} icon={Icon}>
        {family}
      </Chip>
      <Chip family={family} icon={Icon} pending>
        pending
      </Chip>
      <Chip family={family} icon={Icon} stale>
        stale
      </Chip>
    </span>
  );
}

export function GalleryPage() {
  const [dialog, setDialog] = useState(false);
  const [tab, setTab] = useState("compact");
  const [choice, setChoice] = useState<string | null>(null);
  const [on, setOn] = useState(true);
  const [note, setNote] = useState("");
  const toaster = useToaster();
  return (
    <main className="h-full overflow-auto bg-surface p-24">
      <header className="flex items-center gap-8 pb-16">
        <h1 className="flex-1 text-xl">Components</h1>
        <Button size="small" onClick={() => setTheme("light")}>
          Light
        </Button>
        <Button size="small" onClick={() => setTheme("dark")}>
          Dark
        </Button>
      </header>
      <Row title="Buttons">
        <Button variant="primary">Save changes</Button>
        <Button icon={Pause}>Hold order</Button>
        <Button variant="quiet">Discard</Button>
        <Button variant="danger" icon={Trash2}>
          Cancel order
        </Button>
        <Button disabled>Release order</Button>
        <Button busy>Saving</Button>
        <Button size="small">Small</Button>
        <Button size="large">Large</Button>
        <IconButton icon={Plus} label="Add line" binding="c" />
      </Row>
      <Row title="Families">
        {FAMILIES.map((family) => (
          <Swatch key={family} family={family} />
        ))}
      </Row>
      <Row title="Stages">
        {(Object.keys(stageLook) as Stage[]).map((stage) => (
          <StageChip key={stage} stage={stage} />
        ))}
      </Row>
      <Row title="Health">
        {(Object.keys(healthLook) as HealthLevel[]).map((level) => (
          <HealthChip key={level} level={level} />
        ))}
      </Row>
      <Row title="Keys">
        <KeyCap binding="Mod+k" />
        <KeyCap binding="g f" />
        <KeyCap binding="Shift+Enter" />
        <KeyCap binding="?" />
      </Row>
      <Row title="Fields">
        <div className="grid w-560 grid-cols-2 gap-16">
          <TextField label="Name" defaultValue="Mara Lindqvist" />
          <TextField label="Postcode" defaultValue="1234" error="Five digits in Germany, such as 04109." />
          <TextField label="Reference" mono defaultValue="SW-10442-1" help="Kept by the warehouse." />
          <TextField label="Order number" defaultValue="#1042" disabled />
          <Field label="Reason">
            <Select
              value={choice}
              onValueChange={setChoice}
              placeholder="Choose a reason"
              options={[
                { value: "customer", label: "Customer asked" },
                { value: "address", label: "Address in question", detail: "The carrier could not match it." },
              ]}
            />
          </Field>
          <TextAreaField label="Note" value={note} onValueChange={setNote} rows={2} />
          <SwitchField label="Keep stock reserved" checked={on} onCheckedChange={setOn} />
        </div>
      </Row>
      <Row title="Messages">
        <div className="flex w-640 flex-col gap-8">
          <ProblemBanner problem={PROBLEM} actions={<Button size="small">Fix address</Button>} />
          <ProblemBanner problem={PROBLEM} family="attention" />
          {FAMILIES.map((family) => (
            <Banner key={family} family={family} title={`Banner, ${family}`}>
              <p className="text-fg-2">Second line.</p>
            </Banner>
          ))}
        </div>
      </Row>
      <Row title="Overlays">
        <Button onClick={() => setDialog(true)}>Open dialog</Button>
        <Menu trigger={<Button>Open menu</Button>}>
          <MenuItem icon={Pause} binding="h" onSelect={() => toaster.done("Order held", () => toaster.done("Undone"))}>
            Hold order
          </MenuItem>
          <MenuItem disabled onSelect={() => {}}>
            Release order
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={Trash2} danger onSelect={() => toaster.failed(new Error("refused"))}>
            Cancel order
          </MenuItem>
        </Menu>
        <Dialog
          open={dialog}
          onOpenChange={setDialog}
          title="Cancel order #1042"
          description="2 lines, 3 units; the shop is told."
          actions={
            <>
              <Button onClick={() => setDialog(false)}>Keep order</Button>
              <Button variant="danger" onClick={() => setDialog(false)}>
                Cancel order
              </Button>
            </>
          }
        >
          <TextField label="Reason" />
        </Dialog>
      </Row>
      <Row title="Tabs">
        <div className="w-480">
          <Tabs
            label="Timeline"
            value={tab}
            onValueChange={setTab}
            tabs={[
              { value: "compact", label: "Compact", panel: "Related events are one row." },
              { value: "full", label: "Full", panel: "Every event." },
            ]}
          />
        </div>
      </Row>
      <Row title="Sparklines">
        <Sparkline label="rising" values={[0, 1, 3, 2, 5, 8, 7, 9]} />
        <Sparkline label="with a gap" values={[4, 4, null, null, 2, 6]} family="attention" />
        <Sparkline label="nothing" values={[0, 0, 0, 0]} family="neutral" />
      </Row>
      <Row title="Waiting, empty">
        <Skeleton className="h-32 w-240" />
        <EmptyState icon={Package} title="0 of 12,410 orders match" action={<Button>Remove the filter</Button>}>
          Remove shop:Northwind to see the others.
        </EmptyState>
      </Row>
      <Row title="Type">
        <p className="text-2xs">2xs 11</p>
        <p className="text-xs">xs 12</p>
        <p className="text-sm">sm 13</p>
        <p className="text-md">md 14</p>
        <p className="text-lg">lg 16</p>
        <p className="text-xl">xl 20</p>
        <p className="text-2xl">2xl 28</p>
        <p className="font-mono text-sm">ord_0198c0de JetBrains Mono</p>
      </Row>
    </main>
  );
}
