import { pairsOf } from "@/app/lines";
import { z } from "@/app/zod";

/** A whole number, as text while it is typed. */
export const whole = (least: number, most: number) =>
  z.string().refine((text) => lies(text, least, most), {
    message: `Give a whole number from ${least} to ${most}.`,
  });

/** The same, or nothing. */
export const wholeOrNothing = (least: number, most: number) =>
  z.string().refine((text) => text === "" || lies(text, least, most), {
    message: `Give a whole number from ${least} to ${most}, or nothing.`,
  });

export const pairs = z.string().refine((text) => !("wrong" in pairsOf(text)), {
  message: "Give one NAME=value in each line.",
});

function lies(text: string, least: number, most: number): boolean {
  return /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
}
