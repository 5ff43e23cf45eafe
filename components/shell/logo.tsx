/** The wheel: the product's mark. */
export function Logo({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden
      fill="none"
      stroke="currentColor"
      strokeWidth="1.6"
      strokeLinecap="round"
      className={className}
    >
      <circle cx="12" cy="12" r="7" />
      <circle cx="12" cy="12" r="2.4" />
      <path d="M12 1.5v8.1M12 14.4v8.1M1.5 12h8.1M14.4 12h8.1M4.6 4.6l5.7 5.7M13.7 13.7l5.7 5.7M19.4 4.6l-5.7 5.7M10.3 13.7l-5.7 5.7" />
    </svg>
  );
}
