const IMAGE_DATA = /^data:image\/(?:png|jpeg|gif|webp)[;,]/i;

export interface Target {
  href: string;
  /** What people should know of where it leads: the host, or the mail address. */
  host: string;
}

/** Return where a link leads, or null if it may lead nowhere: only whole http, https and mailto addresses do. */
export function linkOf(address: string | undefined): Target | null {
  const url = urlOf(address);
  if (url?.protocol === "mailto:") return { href: url.href, host: url.pathname };
  if (url?.protocol !== "http:" && url?.protocol !== "https:") return null;
  // A name before the host is there to be taken for it.
  if (url.username || url.password) return null;
  return { href: url.href, host: url.host };
}

/** Return an image's address, or null if it is not to be asked for. */
export function imageOf(address: string | undefined, hosts: readonly string[] = []): string | null {
  if (!address) return null;
  if (IMAGE_DATA.test(address) || address.startsWith("blob:")) return address;
  const url = urlOf(address);
  return url?.protocol === "https:" && hosts.includes(url.host) ? url.href : null;
}

function urlOf(address: string | undefined): URL | null {
  // Without a base: an address that is not whole would be one of ours.
  return address && URL.canParse(address) ? new URL(address) : null;
}
