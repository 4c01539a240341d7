"""三力与全链路: how ready a zone is, as the article counts it."""

from sqlmodel import Field

from models.base import InputShape
from models.quantities import Flag, Grade


class StrategyPlanning(InputShape):
    """战略谋划力."""

    overall_development_efficiency: Grade | None = Field(
        default=None, description="综合发展效率, 0 to 100"
    )
    industrial_economic_efficiency: Grade | None = Field(
        default=None, description="产业经济效率, 0 to 100"
    )
    regional_driving_effect: Grade | None = Field(
        default=None, description="区域带动效率, 0 to 100"
    )


class ResourceIntegration(InputShape):
    """资源整合力."""

    innovation_resource_integration: Grade | None = Field(
        default=None, description="创新资源整合效率, 0 to 100"
    )
    space_resource_integration: Grade | None = Field(
        default=None, description="空间资源整合效率, 0 to 100"
    )
    capital_resource_integration: Grade | None = Field(
        default=None, description="资金资源整合效率, 0 to 100"
    )


class Implementation(InputShape):
    """贯彻执行力."""

    management_and_service_environment: Grade | None = Field(
        default=None, description="管理服务环境, 0 to 100"
    )
    industry_environment: Grade | None = Field(default=None, description="产业发展环境, 0 to 100")
    investment_promotion_efficiency: Grade | None = Field(
        default=None, description="招商引资效率, 0 to 100"
    )


class Readiness(InputShape):
    """The three forces; null = unknown."""

    strategy_planning: StrategyPlanning | None = Field(default=None, description="战略谋划力")
    resource_integration: ResourceIntegration | None = Field(default=None, description="资源整合力")
    implementation: Implementation | None = Field(default=None, description="贯彻执行力")


class PromotionPath(InputShape):
    """规划—园区—政策—资金—招商: which steps are done; null = unknown."""

    plan: Flag | None = Field(default=None, description="规划: the chain is planned")
    park: Flag | None = Field(default=None, description="园区: a site is set aside")
    policy: Flag | None = Field(default=None, description="政策: a policy is in force")
    fund: Flag | None = Field(default=None, description="资金: a fund is set up")
    promotion: Flag | None = Field(default=None, description="招商: promotion has begun")
