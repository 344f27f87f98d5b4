import { describe, expect, it } from "vitest";
import { actorText } from "./words";

const names = {
  shop: (id: string) => (id === "con_1" ? "Harbor & Pine" : id),
  warehouse: (id: string) => (id === "whs_1" ? "Leipzig" : id),
};

describe("who acted", () => {
  it("is a partner by the name people call it", () => {
    expect(actorText({ kind: "partner", name: "whs_1" }, names)).toBe("Leipzig");
    expect(actorText({ kind: "partner", name: "con_1" }, names)).toBe("Harbor & Pine");
  });
  it("is a partner that has no name here by its own", () =>
    expect(actorText({ kind: "partner", name: "whs_9" }, names)).toBe("Partner whs_9"));
});
