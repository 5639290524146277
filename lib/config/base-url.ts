// What may be a base URL in a target file, and the one way in which it is then written.

/** http or https, without credentials, query and fragment. */
export function isBaseUrl(text: string): boolean {
  if (/[\s?#@]/.test(text) || !/^https?:\/\/[^/]/.test(text)) return false;
  return URL.canParse(text);
}

/** Without trailing slashes, so that a path can be put behind it. */
export function withoutTrailingSlash(url: string): string {
  return url.replace(/\/+$/, '');
}
