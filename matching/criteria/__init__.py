"""The whole score, in reading order."""

from matching.criteria import (
    cluster_diversity,
    ecology,
    encouraged_catalogue,
    frontier_technology,
    investor_preference,
    link_fit,
    local_linkage,
    missing_link_anchor,
    regional_orientation,
    scale_fit,
    site_fit,
    strategic_emerging,
    weak_link_upgrade,
    zone_readiness,
)

CRITERIA = (
    link_fit.CRITERION,
    weak_link_upgrade.CRITERION,
    missing_link_anchor.CRITERION,
    local_linkage.CRITERION,
    cluster_diversity.CRITERION,
    frontier_technology.CRITERION,
    regional_orientation.CRITERION,
    strategic_emerging.CRITERION,
    encouraged_catalogue.CRITERION,
    ecology.CRITERION,
    scale_fit.CRITERION,
    site_fit.CRITERION,
    zone_readiness.CRITERION,
    investor_preference.CRITERION,
)
