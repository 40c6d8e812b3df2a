/** A source that a text may refer to by its number, as `[1]`. */
export interface Citation {
  /** What stands in the brackets: 1 or more. */
  number: number;
  /** What people read of it, such as a file's name. Shown as plain text. */
  title: string;
}

export interface MarkdownProps {
  /** Of anybody: a model's answer, a file's text. It is never taken for HTML. */
  text: string;
  /** Whether more is to come: what is not finished, such as a diagram, waits for its end. */
  streaming?: boolean;
  /**
   * The sources whose numbers become buttons; a number of no source stays text. While a text grows,
   * give the same array again: another one renders every button anew.
   */
  citations?: readonly Citation[];
  onCitation?: (number: number) => void;
  /** Hosts whose images are shown. None if left out: an image's address can carry words away. */
  imageHosts?: readonly string[];
}
