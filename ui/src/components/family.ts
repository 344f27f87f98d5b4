/** The six state families. Everything with a state maps onto one of them, never the other way round. */
export type Family = "neutral" | "info" | "success" | "attention" | "danger" | "changed";

export const FAMILIES: readonly Family[] = ["neutral", "info", "success", "attention", "danger", "changed"];

/** Written out, because class names must be found in the source as they are. */
export const familyText: Record<Family, string> = {
  neutral: "text-neutral-text",
  info: "text-info-text",
  success: "text-success-text",
  attention: "text-attention-text",
  danger: "text-danger-text",
  changed: "text-changed-text",
};

export const familyMark: Record<Family, string> = {
  neutral: "text-neutral-mark",
  info: "text-info-mark",
  success: "text-success-mark",
  attention: "text-attention-mark",
  danger: "text-danger-mark",
  changed: "text-changed-mark",
};

export const familyTint: Record<Family, string> = {
  neutral: "bg-neutral-tint",
  info: "bg-info-tint",
  success: "bg-success-tint",
  attention: "bg-attention-tint",
  danger: "bg-danger-tint",
  changed: "bg-changed-tint",
};
