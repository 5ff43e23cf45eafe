/**
 * Whether kustomize would fetch this entry from elsewhere. It looks for a URL before it looks at the disk, so an entry
 * that reads like one is remote even where a folder of that name exists; rather too strict than a clone.
 */
export function isRemoteEntry(entry: string): boolean {
  const text = entry.trim();
  return (
    /:\/\//.test(text) ||
    /^(git::|gh:|oci:)/i.test(text) ||
    /^(www\.)?github\.com[/:]/i.test(text) ||
    /^[^/\s]+@[^/\s]+[:/]/.test(text) ||
    /[?&](ref|version|timeout|submodules)=/.test(text) ||
    /\.git(\/\/|$|\?)/.test(text)
  );
}
