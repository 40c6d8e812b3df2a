import type { EnabledComponents } from "@/features/configuration/types";
import type { Setup } from "../types";

/**
 * Return a setup without what people may no longer set.
 *
 * A conversation keeps what was set before an administrator switched it off: it would go with each
 * question, and nobody could see or undo it.
 */
export function permitted(setup: Setup, enabled: EnabledComponents): Setup {
  const { model, systemPrompt, parameters, historyLength, passages, ...documents } = setup;
  return {
    model,
    systemPrompt,
    parameters: enabled.editKwargs ? parameters : {},
    ...(enabled.editChatHistoryBuffer && historyLength !== undefined ? { historyLength } : {}),
    ...(enabled.ragSelectionAvailable ? documents : {}),
    ...(enabled.editNumOfRagDocument && passages !== undefined ? { passages } : {}),
  };
}
