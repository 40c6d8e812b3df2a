import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ask } from "@/api/calls";
import { useApi } from "@/api/client";
import { type Question, queryOf } from "./question";
import type { Report } from "./types";

/** The answer to a question; while the next one is being asked, the one before stays. */
export function useUsage(question: Question) {
  const api = useApi();
  return useQuery({
    queryKey: ["usage", question],
    queryFn: () => ask<Report>(api, "get", "/usage", { query: queryOf(question, Date.now()) }),
    placeholderData: keepPreviousData,
  });
}
