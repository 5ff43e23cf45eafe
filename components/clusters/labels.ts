/** `environment=production, region=eu` as labels; words without `=` are left out. */
export function labelsOf(text: string): Record<string, string> {
  return Object.fromEntries(
    text
      .split(',')
      .map((pair) => pair.trim().split('='))
      .filter(([key, value]) => key !== undefined && key !== '' && value !== undefined)
      .map(([key, ...rest]) => [key, rest.join('=')]),
  );
}

/** Labels by key: the order they come in says nothing. */
export function sortedLabels(labels: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(labels).sort(([a], [b]) => a.localeCompare(b));
}

export function labelText(labels: Readonly<Record<string, string>>): string {
  return sortedLabels(labels)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}
