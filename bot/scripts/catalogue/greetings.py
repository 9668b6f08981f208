"""How a call is answered."""

from bot.scripts.model import script

SCRIPTS = (
    script(
        "greeting",
        purpose="営業時間内の第一声",
        ja="はい、{{ organization }}でございます。自動音声で承ります。担当者名とご用件をお話しください。",
        en="Thank you for calling {{ organization }}. This is an automated assistant. "
        "Please tell me who you would like to speak to and what it is about.",
    ),
    script(
        "greeting_department",
        "department",
        purpose="部署の直通番号にかかった電話の第一声",
        ja="はい、{{ organization }}、{{ department }}でございます。自動音声で承ります。"
        "担当者名とご用件をお話しください。",
        en="Thank you for calling {{ organization }}, {{ department }}. This is an automated assistant. "
        "Please tell me who you would like to speak to and what it is about.",
    ),
    script(
        "greeting_direct",
        "person",
        purpose="担当者の直通番号にかかった電話の第一声",
        ja="はい、{{ organization }}でございます。{{ person }}あてのお電話を、自動音声で承ります。"
        "お名前とご用件をお話しください。",
        en="Thank you for calling {{ organization }}. This is an automated assistant "
        "answering for {{ person }}. Please tell me your name and what it is about.",
    ),
    script(
        "greeting_closed",
        "hours",
        purpose="営業時間外の第一声",
        ja="お電話ありがとうございます。{{ organization }}でございます。恐れ入りますが、"
        "ただいま営業時間外でございます。"
        "営業時間は{{ hours }}でございます。自動音声でご伝言を承りますので、"
        "担当者名とご用件をお話しください。",
        en="Thank you for calling {{ organization }}. Our office is closed at the moment. "
        "Our hours are {{ hours }}. This automated assistant will gladly take a message: "
        "please tell me who it is for and what it is about.",
    ),
    script(
        "greeting_holiday",
        "opening",
        purpose="休業日の第一声",
        ja="お電話ありがとうございます。{{ organization }}でございます。恐れ入りますが、"
        "本日は休業日でございます。"
        "次の営業は{{ opening }}からでございます。自動音声でご伝言を承りますので、"
        "担当者名とご用件をお話しください。",
        en="Thank you for calling {{ organization }}. Our office is closed today "
        "and opens again {{ opening }}. This automated assistant will gladly take a message: "
        "please tell me who it is for and what it is about.",
    ),
    script(
        "greeting_back",
        purpose="「お世話になっております」への返事",
        ja="いつもお世話になっております。",
        en="Thank you for calling.",
    ),
)
