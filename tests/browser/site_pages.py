"""Pages of the site by their paths, with their headings in Chinese and English."""

PAGES: dict[str, tuple[str, str]] = {
    "/zones": ("高新区一览", "High-tech zones"),
    "/zones/CNHTZ-3203": ("无锡高新技术产业开发区", "Wuxi High-tech Industrial Development Zone"),
    "/zones/CNHTZ-3203/chains/ic": (
        "无锡高新技术产业开发区 · 集成电路",
        "Wuxi High-tech Industrial Development Zone · Integrated circuits",
    ),
    "/chains": ("产业链一览", "Industry chains"),
    "/chains/ic": ("集成电路", "Integrated circuits"),
}
