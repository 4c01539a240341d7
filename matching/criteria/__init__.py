"""The whole score, in reading order."""

from matching.criteria import (
    frontier_technology,
    link_fit,
    local_linkage,
    missing_link_anchor,
    regional_orientation,
    unassessed,
    weak_link_upgrade,
)

CRITERIA = (
    link_fit.CRITERION,
    weak_link_upgrade.CRITERION,
    missing_link_anchor.CRITERION,
    local_linkage.CRITERION,
    unassessed.CLUSTER_DIVERSITY,
    frontier_technology.CRITERION,
    regional_orientation.CRITERION,
    unassessed.STRATEGIC_EMERGING,
    unassessed.ENCOURAGED_CATALOGUE,
    unassessed.ECOLOGY,
    unassessed.SCALE_FIT,
    unassessed.SITE_FIT,
    unassessed.ZONE_READINESS,
    unassessed.INVESTOR_PREFERENCE,
)
