import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { dataOf, useApi } from "@/api/client";
import { type Question, queryOf } from "./question";

/** The answer to a question; while the next one is being asked, the one before stays. */
export function useUsage(question: Question) {
  const api = useApi();
  return useQuery({
    queryKey: ["usage", question],
    queryFn: () => {
      const query = queryOf(question, Date.now());
      return dataOf(api.GET("/usage", { params: { query } }));
    },
    placeholderData: keepPreviousData,
  });
}
