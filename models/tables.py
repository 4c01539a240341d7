"""Every table, so that one import completes the metadata."""

from sqlmodel import SQLModel

from models.api_key import ApiKey
from models.browser_session import BrowserSession
from models.company import Company, CompanyJoin, Holding
from models.contact import Consent, Contact
from models.edition import StoredEdition
from models.enterprise import Enterprise
from models.event import Event
from models.gap import Gap
from models.idempotency import IdempotencyRecord
from models.installation import Installation
from models.investor import Investor
from models.job import Job, JobPortion
from models.lead import Lead, LeadMove
from models.override import LinkOverride, PlacementCorrection
from models.partner import Partner
from models.policy_draft import StoredPolicy
from models.webhook import Webhook, WebhookDelivery, WebhookProgress
from models.zone import Zone

TABLES = (
    BrowserSession,
    ApiKey,
    Company,
    CompanyJoin,
    Consent,
    Contact,
    Enterprise,
    Event,
    Gap,
    Holding,
    IdempotencyRecord,
    Installation,
    Investor,
    Job,
    JobPortion,
    Lead,
    LeadMove,
    LinkOverride,
    Partner,
    PlacementCorrection,
    StoredEdition,
    StoredPolicy,
    Webhook,
    WebhookDelivery,
    WebhookProgress,
    Zone,
)

metadata = SQLModel.metadata
"""What the migrations must build, on both databases."""
