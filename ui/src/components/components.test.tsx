import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Pause } from "lucide-react";
import { useState } from "react";
import { describe, expect, it, vi } from "vitest";
import { ApiError, UnexpectedAnswerError, UnreachableError } from "@/api/problem";
import { renderPart } from "@/test/screen";
import { Button, IconButton } from "./Button";
import { Chip } from "./Chip";
import { Dialog } from "./Dialog";
import { Dot } from "./Dot";
import { TextField } from "./Field";
import { KeyCap } from "./KeyCap";
import { Menu, MenuItem } from "./Menu";
import { ErrorBanner, ProblemBanner } from "./Problem";
import { problemText } from "./problemText";
import { Select } from "./Select";
import { SwitchField } from "./SwitchField";
import { Tabs } from "./Tabs";
import { useToaster } from "./Toast";
import { Tooltip, TooltipProvider } from "./Tooltip";

describe("Button", () => {
  it("works with the keyboard", async () => {
    const press = vi.fn();
    render(<Button onClick={press}>Hold order</Button>);
    await userEvent.tab();
    await userEvent.keyboard("{Enter} ");
    expect(press).toHaveBeenCalledTimes(2);
  });

  it("that is busy cannot be pressed again, but keeps the focus", async () => {
    const press = vi.fn();
    function Saving() {
      const [busy, setBusy] = useState(false);
      const start = () => {
        press();
        setBusy(true);
      };
      return (
        <Button busy={busy} onClick={start}>
          Save
        </Button>
      );
    }
    render(<Saving />);
    const button = screen.getByRole("button", { name: "Save" });
    await userEvent.click(button);
    await userEvent.click(button);
    expect(press).toHaveBeenCalledOnce();
    expect(document.activeElement).toBe(button);
    expect(button.getAttribute("aria-busy")).toBe("true");
  });

  it("that is only an icon has a name", () => {
    render(
      <TooltipProvider>
        <IconButton icon={Pause} label="Hold order" />
      </TooltipProvider>,
    );
    expect(screen.getByRole("button", { name: "Hold order" })).toBeDefined();
  });
});

it("a chip says its state in words beside an icon that screen readers skip", () => {
  const { container } = render(
    <Chip family="attention" icon={Pause}>
      Held
    </Chip>,
  );
  expect(container.textContent).toBe("Held");
  expect(container.querySelector("svg")?.getAttribute("aria-hidden")).toBe("true");
});

it("a dot alone has a name, beside its word it is silent", () => {
  const { rerender } = render(<Dot family="danger" label="Degraded" />);
  expect(screen.getByRole("img", { name: "Degraded" })).toBeDefined();
  rerender(<Dot family="danger" />);
  expect(screen.queryByRole("img")).toBeNull();
});

it("key caps read as the keyboard does", () => {
  const { container } = render(<KeyCap binding="Mod+k" />);
  expect([...container.querySelectorAll("kbd")].map((cap) => cap.textContent)).toEqual(["Ctrl", "K"]);
});

describe("Dialog", () => {
  function Sample() {
    const [open, setOpen] = useState(false);
    return (
      <TooltipProvider>
        <Button onClick={() => setOpen(true)}>Cancel order</Button>
        <Dialog open={open} onOpenChange={setOpen} title="Cancel #1042" description="The shop is told.">
          <TextField label="Reason" />
        </Dialog>
      </TooltipProvider>
    );
  }

  it("begins in its first field, closes with Escape and gives the focus back", async () => {
    render(<Sample />);
    const opener = screen.getByRole("button", { name: "Cancel order" });
    await userEvent.click(opener);
    const dialog = await screen.findByRole("dialog", { name: "Cancel #1042" });
    await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByLabelText("Reason")));
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    expect(document.activeElement).toBe(opener);
  });

  it("has a close button for people without a keyboard", async () => {
    render(<Sample />);
    await userEvent.click(screen.getByRole("button", { name: "Cancel order" }));
    await userEvent.click(await screen.findByRole("button", { name: "Close" }));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });
});

it("a menu is walked with arrows and runs with Enter", async () => {
  const hold = vi.fn();
  render(
    <Menu trigger={<Button>More</Button>}>
      <MenuItem onSelect={() => {}}>Print</MenuItem>
      <MenuItem onSelect={hold}>Hold order</MenuItem>
    </Menu>,
  );
  await userEvent.tab();
  await userEvent.keyboard("{Enter}");
  await screen.findByRole("menu");
  await userEvent.keyboard("{ArrowDown}{Enter}");
  await waitFor(() => expect(hold).toHaveBeenCalledOnce());
});

it("a select is opened, walked and chosen from with the keyboard", async () => {
  const choose = vi.fn();
  render(
    <Select
      label="Reason"
      value={null}
      onValueChange={choose}
      placeholder="Choose"
      options={[
        { value: "fraud", label: "Fraud" },
        { value: "address", label: "Address" },
      ]}
    />,
  );
  await userEvent.tab();
  await userEvent.keyboard("{Enter}");
  await screen.findByRole("option", { name: "Address" });
  await userEvent.keyboard("{ArrowDown}{ArrowDown}{Enter}");
  await waitFor(() => expect(choose).toHaveBeenCalledOnce());
  expect(["fraud", "address"]).toContain(choose.mock.calls[0]?.[0]);
});

it("tabs are walked with arrows", async () => {
  function Sample() {
    const [value, setValue] = useState("compact");
    return (
      <Tabs
        label="Timeline"
        value={value}
        onValueChange={setValue}
        tabs={[
          { value: "compact", label: "Compact", panel: "few rows" },
          { value: "full", label: "Full", panel: "all rows" },
        ]}
      />
    );
  }
  render(<Sample />);
  await userEvent.tab();
  await userEvent.keyboard("{ArrowRight}{Enter}");
  await waitFor(() => expect(screen.getByRole("tab", { name: "Full" }).getAttribute("aria-selected")).toBe("true"));
  expect(screen.getByRole("tabpanel").textContent).toBe("all rows");
});

it("a field's error belongs to it for screen readers", () => {
  render(<TextField label="Postcode" error="Five digits." />);
  const field = screen.getByLabelText("Postcode");
  expect(field.getAttribute("aria-invalid")).toBe("true");
  const described = field.getAttribute("aria-describedby") ?? "";
  expect(document.getElementById(described)?.textContent).toBe("Five digits.");
});

it("a switch is turned by its words and by the space bar", async () => {
  const turn = vi.fn();
  render(<SwitchField label="Keep stock" checked={false} onCheckedChange={turn} />);
  await userEvent.click(screen.getByText("Keep stock"));
  screen.getByRole("switch").focus();
  await userEvent.keyboard(" ");
  expect(turn).toHaveBeenCalledTimes(2);
});

it("a tooltip comes with keyboard focus", async () => {
  render(
    <TooltipProvider>
      <Tooltip content="Go to flow" binding="g f">
        <button type="button">x</button>
      </Tooltip>
    </TooltipProvider>,
  );
  await userEvent.tab();
  expect(await screen.findByText("Go to flow")).toBeDefined();
});

describe("problems", () => {
  const problem = { code: "SY-1201", title: "Refused", detail: "Postcode.", next_step: "Correct it." };

  it("tell what, why, what next and the code", () => {
    render(<ProblemBanner problem={problem} />);
    const alert = screen.getByRole("alert");
    for (const part of Object.values(problem)) {
      expect(alert.textContent).toContain(part);
    }
  });

  it("never end without a next step, whatever failed", () => {
    const failures = [
      new UnreachableError(new TypeError("x")),
      new UnexpectedAnswerError(502, "/api/v1/flow"),
      new Error("broken"),
      "text",
    ];
    for (const failure of failures) {
      const told = problemText(failure);
      expect(told.title).not.toBe("");
      expect(told.next_step).not.toBe("");
    }
    const details = { ...problem, type: "", status: 409, instance: "", fields: [] } as never;
    expect(problemText(new ApiError(details))).toEqual(problem);
  });

  it("of an unreachable server are told as such", () => {
    render(<ErrorBanner error={new UnreachableError(new TypeError("x"))} />);
    expect(screen.getByRole("alert").textContent).toContain("Switchyard does not answer.");
  });
});

describe("toasts", () => {
  function Sample({ undo }: { undo: () => void }) {
    const toaster = useToaster();
    return (
      <>
        <Button onClick={() => toaster.done("Order held", undo)}>done</Button>
        <Button onClick={() => toaster.failed(new Error("no"))}>fail</Button>
      </>
    );
  }

  it("of a success offer undo", async () => {
    const undo = vi.fn();
    renderPart(<Sample undo={undo} />);
    await userEvent.click(screen.getByRole("button", { name: "done" }));
    await userEvent.click(await screen.findByRole("button", { name: "Undo" }));
    expect(undo).toHaveBeenCalledOnce();
  });

  it("of a failure stay until they are closed", async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    try {
      renderPart(<Sample undo={() => {}} />);
      const user = userEvent.setup({ advanceTimers: vi.advanceTimersByTime });
      await user.click(screen.getByRole("button", { name: "fail" }));
      await screen.findByRole("heading", { name: "The console made a mistake.", hidden: true });
      await vi.advanceTimersByTimeAsync(60_000);
      expect(screen.getByRole("heading", { name: "The console made a mistake.", hidden: true })).toBeDefined();
    } finally {
      vi.useRealTimers();
    }
  });
});
