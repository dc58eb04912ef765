"""The demo logins of the contract, and who they are."""

PASSWORD = "baodao-demo"  # noqa: S105 - public on purpose; the server binds to loopback while these logins exist

LOGINS: dict[str, str] = {
    "town": "镇党委经办人（拟稿）",
    "townlead": "镇党委签发人",
    "secretary": "幸福社区书记",
    "clerk": "幸福社区专干",
    "clerk2": "健康社区专干",
    "grid": "幸福社区网格员",
    "leader": "班组长（党员）",
    "liaison": "单位联络员 U001",
    "member": "在职党员",
    "county": "县级查看",
    "sysadmin": "系统管理员",
    "secadmin": "安全管理员",
    "auditor": "审计管理员",
}
