"""Why a file cannot be read, in words for the person who sent it."""


class SheetFault(Exception):
    """A file that is not taken: ``code`` (always ``file``), ``message`` and ``suggestion``."""

    code = "file"

    def __init__(self, message: str, suggestion: str) -> None:
        super().__init__(message)
        self.message = message
        self.suggestion = suggestion


SAVE_AS = "用 WPS 或 Excel 打开，另存为 .xlsx 再传"
EMPTY = ("文件是空的", "检查是不是选错了文件")
TOO_LARGE = ("文件超过 20 MB", "删去图片和用不着的工作表，或分成几个文件")
BOMB = ("文件展开后太大", "删去图片、空行和用不着的工作表，另存为新文件再传")
LOCKED = ("文件加了密码，打不开", "去掉密码，另存为 .xlsx 再传")
WPS_ET = ("这是 WPS 自己的 .et 格式，读不了", "在 WPS 里点“另存为”，类型选 .xlsx")
UNKNOWN_TYPE = ("只能读 .xlsx、.xls、.csv 和 .txt 文件", SAVE_AS)
DISGUISED = ("文件名和内容对不上", SAVE_AS)
BROKEN = ("文件坏了，读不出来", SAVE_AS)
WRONG_LETTERS = ("文字编码认不出", "另存为 .xlsx，或存成 UTF-8 编码的 .csv")
NOTHING_SEEN = ("文件里没有看得见的内容", "检查工作表是不是隐藏了，或选错了文件")
