"""How it is with the person asked for, and when they are back (docs: "What a status sounds like").

An answer is one sentence of state and, where a return may be told, one of return. Neither names a place,
a client or a reason.
"""

from bot.scripts.model import script

SCRIPTS = (
    script(
        "answer_out",
        "person",
        purpose="外出中",
        ja="申し訳ございません、あいにく{{ person }}は外出しております。",
        en="I am sorry, {{ person }} is out of the office at the moment.",
    ),
    script(
        "answer_trip",
        "person",
        purpose="出張中",
        ja="申し訳ございません、あいにく{{ person }}は本日出張しております。",
        en="I am sorry, {{ person }} is away on a business trip today.",
    ),
    script(
        "answer_meeting",
        "person",
        purpose="会議中",
        ja="申し訳ございません、あいにく{{ person }}はただいま会議中でございます。",
        en="I am sorry, {{ person }} is in a meeting at the moment.",
    ),
    script(
        "answer_visitor",
        "person",
        purpose="来客中",
        ja="申し訳ございません、あいにく{{ person }}はただいま来客中でございます。",
        en="I am sorry, {{ person }} is with a visitor at the moment.",
    ),
    script(
        "answer_away",
        "person",
        purpose="離席中。面接・面談・研修と、出社時刻の分からない遅刻も、この文で伝えます",
        ja="申し訳ございません、あいにく{{ person }}はただいま席を外しております。",
        en="I am sorry, {{ person }} is away from the desk at the moment.",
    ),
    script(
        "answer_busy",
        "person",
        purpose="取り込み中",
        ja="申し訳ございません、あいにく{{ person }}はただいま手が離せない状況でございます。",
        en="I am sorry, {{ person }} is unable to come to the phone at the moment.",
    ),
    script(
        "answer_on_call",
        "person",
        purpose="別の電話に出ているとき",
        ja="申し訳ございません、あいにく{{ person }}はただいま別の電話に出ております。",
        en="I am sorry, {{ person }} is on another call at the moment.",
    ),
    script(
        "answer_leave",
        "person",
        purpose="休み。理由は伝えません",
        ja="申し訳ございません、あいにく{{ person }}は本日は休みを取っております。",
        en="I am sorry, {{ person }} is off today.",
    ),
    script(
        "answer_late",
        "person",
        "day",
        "time",
        purpose="出社が遅れるとき（出社時刻が分かっている場合）",
        ja="申し訳ございません、あいにく{{ person }}は、{{ day }}は{{ time }}に出社の予定でございます。",
        en="I am sorry, {{ person }} is expected in the office {{ day }} {{ time }}.",
    ),
    script(
        "answer_left",
        "person",
        purpose="退社したあと",
        ja="申し訳ございません、あいにく{{ person }}は本日は失礼させていただきました。",
        en="I am sorry, {{ person }} has left the office for today.",
    ),
    script(
        "answer_closed",
        "hours",
        purpose="営業時間外で、担当者の状況が登録されていないとき",
        ja="申し訳ございません、ただいま営業時間外でございます。営業時間は{{ hours }}でございます。",
        en="I am sorry, our office is closed at the moment. Our hours are {{ hours }}.",
    ),
    script(
        "answer_former",
        "person",
        "other",
        purpose="退職した人あての電話で、後任がいるとき",
        ja="{{ person }}は退職いたしまして、後任の{{ other }}が承ります。",
        en="{{ person }} has left the company; {{ other }} has taken over and will help you.",
    ),
    script(
        "answer_former_alone",
        "person",
        purpose="退職した人あての電話で、後任が決まっていないとき",
        ja="恐れ入ります、{{ person }}は退職いたしました。ご用件は担当の者へ申し伝えます。",
        en="I am sorry, {{ person }} has left the company. I will pass your message on to the right person.",
    ),
    script(
        "return_back",
        "back",
        purpose="戻りの予定が分かっているとき（外出・出張・離席）",
        ja="{{ back }}に戻る予定でございます。",
        en="They are expected back {{ back }}.",
    ),
    script(
        "return_ends",
        "back",
        purpose="終わりの予定が分かっているとき（会議・来客・通話）",
        ja="{{ back }}に終わる予定でございます。",
        en="It should be over {{ back }}.",
    ),
    script(
        "return_free",
        "back",
        purpose="手が空く予定が分かっているとき（取り込み中）",
        ja="{{ back }}には手が空く予定でございます。",
        en="They should be free {{ back }}.",
    ),
    script(
        "return_arrives",
        "back",
        purpose="出社の予定が分かっているとき（休み）",
        ja="{{ back }}に出社の予定でございます。",
        en="They are expected in the office {{ back }}.",
    ),
    script(
        "return_overdue",
        purpose="戻りの予定時刻を過ぎているとき。過ぎた時刻は伝えません",
        ja="まもなく戻る予定でございます。",
        en="They are expected back shortly.",
    ),
    script(
        "return_not_today",
        purpose="直帰など、本日は戻らないとき",
        ja="本日は戻らない予定でございます。",
        en="They are not expected back today.",
    ),
)
