/** The sign of the product: two tracks and a switch between them. */
export function Mark() {
  return (
    <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden className="shrink-0">
      <rect width="24" height="24" rx="6" fill="var(--color-accent)" />
      <path
        d="M5.5 16.5h4c4 0 4-9 8-9h1.5M5.5 7.5h4c1.3 0 2.2.9 2.9 2M19 16.5h-1.5c-1.4 0-2.3-.8-3-1.9"
        fill="none"
        stroke="var(--color-on-accent)"
        strokeWidth="2"
        strokeLinecap="round"
      />
    </svg>
  );
}
