import { act, renderHook } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { differencesOf } from "./differences";
import { dropAllPolicyDrafts, policyDraftCount } from "./draftStore";
import { faultText, within } from "./faults";
import { type PolicyKind, saysTheSame, usePolicyDraft } from "./usePolicyDraft";

const words: PolicyKind<readonly string[], readonly string[]> = {
  formOf: (wire) => wire,
  wireOf: (form) => form.map((word) => word.trim()),
};

function draftOf(version: number, value: readonly string[]) {
  return renderHook(({ current }) => usePolicyDraft("words", words, current), {
    initialProps: { current: { version, value } },
  });
}

describe("a draft", () => {
  it("survives a reload with the version it was begun from", () => {
    const first = draftOf(3, ["a"]);
    act(() => first.result.current.change(["a", "b"]));
    first.unmount();
    const again = draftOf(4, ["a", "theirs"]);
    expect(again.result.current).toMatchObject({
      form: ["a", "b"],
      changed: true,
      base: 3,
      from: ["a"],
      outdated: true,
    });
    expect(policyDraftCount()).toBe(1);
  });

  it("that says what holds is no draft, and leaves nothing behind", () => {
    const { result } = draftOf(3, ["a"]);
    act(() => result.current.change(["b"]));
    expect(policyDraftCount()).toBe(1);
    act(() => result.current.change(["a "]));
    expect(result.current.changed).toBe(false);
    expect(result.current.form).toEqual(["a "]);
    expect(policyDraftCount()).toBe(0);
  });

  it("without changes gives way to a newer version", () => {
    const { result, rerender } = draftOf(3, ["a"]);
    act(() => result.current.change(["a "]));
    rerender({ current: { version: 4, value: ["b"] } });
    expect(result.current).toMatchObject({ form: ["b"], base: 4, changed: false });
  });

  it("can be put on top of the version that holds, and can be given up", () => {
    const { result, rerender } = draftOf(3, ["a"]);
    act(() => result.current.change(["mine"]));
    rerender({ current: { version: 4, value: ["theirs"] } });
    expect(result.current).toMatchObject({ outdated: true, base: 3 });
    act(() => result.current.rebase());
    expect(result.current).toMatchObject({ outdated: false, base: 4, from: ["theirs"], form: ["mine"], changed: true });
    act(() => result.current.discard());
    expect(result.current).toMatchObject({ form: ["theirs"], changed: false });
    expect(policyDraftCount()).toBe(0);
  });

  it("of another shape is no draft", () => {
    localStorage.setItem("switchyard.policy-draft.words", JSON.stringify({ shape: 0, form: 7 }));
    expect(draftOf(3, ["a"]).result.current.form).toEqual(["a"]);
    localStorage.setItem("switchyard.policy-draft.words", "{");
    expect(draftOf(3, ["a"]).result.current.form).toEqual(["a"]);
  });

  it("goes with a sign-out", () => {
    const { result } = draftOf(3, ["a"]);
    act(() => result.current.change(["b"]));
    expect(policyDraftCount()).toBe(1);
    dropAllPolicyDrafts();
    expect(policyDraftCount()).toBe(0);
  });
});

it("two contents are the same whatever the order of their names", () => {
  expect(saysTheSame({ a: 1, b: [{ c: 1, d: undefined }] }, { b: [{ c: 1 }], a: 1 })).toBe(true);
  expect(saysTheSame({ a: Number.NaN }, {})).toBe(false);
});

it("differences are named part by part; a move is only what left its place", () => {
  const part = (name: string, text = name) => ({ name, text });
  const found = differencesOf(
    [part("a"), part("b"), part("c"), part("gone")],
    [part("c"), part("a"), part("b", "other"), part("new")],
  );
  expect(found).toEqual([
    { kind: "moved", name: "c" },
    { kind: "changed", name: "b", before: "b", after: "other" },
    { kind: "added", name: "new", after: "new" },
    { kind: "removed", name: "gone", before: "gone" },
  ]);
  expect(differencesOf([part("a")], [part("a")])).toEqual([]);
});

it("a fault is shown at its place and at what contains it, and nowhere else", () => {
  const faults = [{ path: "rules[1].when.country[0]", text: "no country" }];
  expect(faultText(faults, "rules[1].when.country")).toBe("no country");
  expect(within(faults, "rules[1]")).toHaveLength(1);
  expect(within(faults, "rules[10]")).toHaveLength(0);
  expect(faultText(faults, "rules[1].when.count")).toBeUndefined();
});
