"""GET /usage: requests, tokens and times of some days; everybody's for an administrator."""

from kernel.clock import now
from kernel.http import Caller, api
from usage.question import Asked, Asker, Question, part
from usage.report import UsageReport, report
from usage.wiring import ledger


@api(role="user", query=Asked)
def handler(query: Asked, caller: Caller) -> UsageReport:
    asker = Asker.of(caller)
    question = Question.of(query, asker, now().date())
    return report(question, ledger().read(question, part(question)))
