import { contrast, ENOUGH, isColor } from "./contrast";
import type { Configuration, SystemBanner } from "./types";

export const LONGEST_BANNER = 500;
export const LONGEST_ANNOUNCEMENT = 500;

/** What is wrong with a field, in words; a field that is right is not in it. */
export interface Problems {
  text?: string;
  textColor?: string;
  backgroundColor?: string;
  message?: string;
}

/** Return what must be put right before a configuration can be saved. */
export function problemsOf({ systemBanner, announcement }: Configuration): Problems {
  const problems = colorProblems(systemBanner);
  if (systemBanner.isEnabled && !systemBanner.text.trim()) problems.text = "Say what it tells.";
  if (systemBanner.text.length > LONGEST_BANNER) {
    problems.text = `At most ${LONGEST_BANNER} characters.`;
  }
  if (announcement.isEnabled && !announcement.message.trim()) {
    problems.message = "Say what is announced.";
  }
  if (announcement.message.length > LONGEST_ANNOUNCEMENT) {
    problems.message = `At most ${LONGEST_ANNOUNCEMENT} characters.`;
  }
  return problems;
}

function colorProblems({ textColor, backgroundColor }: SystemBanner): Problems {
  const form = "A colour is written as #rrggbb, such as #ffffff.";
  if (!isColor(textColor)) return { textColor: form };
  if (!isColor(backgroundColor)) return { backgroundColor: form };
  const ratio = contrast(textColor, backgroundColor);
  if (ratio >= ENOUGH) return {};
  // Rounded down, so that what is too little never reads as enough.
  const found = (Math.floor(ratio * 10) / 10).toFixed(1);
  return {
    textColor: `It can hardly be read on this background: the contrast is ${found}, and ${ENOUGH} is needed.`,
  };
}
