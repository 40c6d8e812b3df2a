import { ApiError } from "@/api/errors";
import type { Sessions } from "../api";

const nobody = async () => {
  throw new ApiError(404, "SessionNotFoundError", "This conversation is not kept.");
};

/** For conversations that nobody keeps: what is written is as good as written. */
export const UNKEPT: Sessions = {
  list: async () => ({ sessions: [], cursor: null }),
  get: nobody,
  messages: nobody,
  append: async (_, messages) => messages.map(({ messageId }) => ({ messageId, revision: 1 })),
  attach: async (_, url) => ({ url }),
  update: async (_, { messageId, revision = 0 }) => ({ messageId, revision: revision + 1 }),
  change: async () => undefined,
  remove: async () => undefined,
  removeAll: async () => undefined,
};
