/** Names as places in the tree of DNS. All names here are presentation format, lower case, no final dot, root `.`. */

/** The name one label up; the root's parent is the root. A dot behind a backslash belongs to its label. */
export function parentOf(name: string): string {
  for (let at = 0; at < name.length; at++) {
    const character = name.charCodeAt(at);
    if (character === 0x5c) at++;
    else if (character === 0x2e) return at + 1 === name.length ? "." : name.slice(at + 1);
  }
  return ".";
}

/** Whether `name` is `zone` or lies below it. */
export function isWithin(name: string, zone: string): boolean {
  if (zone === "." || name === zone) return true;
  if (!name.endsWith(zone) || name.charCodeAt(name.length - zone.length - 1) !== 0x2e) return false;
  // The dot before the zone divides labels only if the backslashes before it pair up.
  let backslashes = 0;
  for (let at = name.length - zone.length - 2; at >= 0 && name.charCodeAt(at) === 0x5c; at--) backslashes++;
  return backslashes % 2 === 0;
}

/** The name, then its parents up to the root. */
export function* upwards(name: string): Generator<string> {
  let at = name;
  while (at !== ".") {
    yield at;
    at = parentOf(at);
  }
  yield ".";
}
