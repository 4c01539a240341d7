"""The metrics of the installation as a whole, read from the database; the same in every process."""

from service.repositories.backlog import Backlog
from service.telemetry.metric import Kind, Metric, one

COUNTER, GAUGE = Kind.COUNTER, Kind.GAUGE

OF_DATABASE: tuple[Metric[Backlog], ...] = (
    Metric("events", COUNTER, "事件日志的条数", "Events in the log", lambda b: one(b.events)),
    Metric(
        "jobs",
        GAUGE,
        "任务数，按种类与状态",
        "Jobs by kind and status; kept for thirty days",
        lambda b: [((kind, status), count) for (kind, status), count in b.jobs.items()],
        ("kind", "status"),
    ),
    Metric(
        "job_oldest_queued_seconds",
        GAUGE,
        "等待最久的任务已等待的秒数，无则为 0",
        "How long the job has waited that waits longest for a worker; 0: none waits",
        lambda b: one(b.job_age),
    ),
    Metric(
        "webhooks",
        GAUGE,
        "回调数，按状态",
        "Webhooks by status",
        lambda b: [((status,), count) for status, count in b.webhooks.items()],
        ("status",),
    ),
    Metric(
        "webhooks_failing",
        GAUGE,
        "最近一次送达失败的回调数",
        "Active webhooks whose last attempt failed",
        lambda b: one(b.failing_webhooks),
    ),
    Metric(
        "webhook_deliveries",
        GAUGE,
        "三十天内失败的送达与待重新送达数",
        "Attempts that failed within thirty days, and those asked for again",
        lambda b: [((status,), count) for status, count in b.deliveries.items()],
        ("status",),
    ),
    Metric(
        "webhook_oldest_undelivered_seconds",
        GAUGE,
        "尚未送达的最早事件距今秒数，无则为 0",
        "Age of the oldest event a webhook has not been told of; 0: there is none",
        lambda b: one(b.undelivered_age),
    ),
    Metric(
        "leads",
        GAUGE,
        "线索数，按状态",
        "Leads by status",
        lambda b: [((status,), count) for status, count in b.leads.items()],
        ("status",),
    ),
    Metric(
        "leads_due",
        GAUGE,
        "时钟已到期而尚未处理的线索数",
        "Leads whose clocks ask for something that no process has done yet",
        lambda b: one(b.due_leads),
    ),
    Metric(
        "lead_oldest_due_seconds",
        GAUGE,
        "最早到期而尚未处理的时钟已逾秒数，无则为 0",
        "How long the first of them has been due; 0: there is none",
        lambda b: one(b.due_age),
    ),
)
