"""The words of the status language, as data.

Each block is a list of words; `{a,b}` stands for either, `{,a}` for one that may be left out.
Latin words are in small letters and count only as whole words; a blank within one is written `_`.
Adding a word here is all it takes to teach it.
"""

from bot.language.model import Kind

# --- kinds -----------------------------------------------------------------------------------

STATES: dict[Kind, str] = {
    Kind.OUT: """
        外出 外に出 {,ご}挨拶回り 外回り 営業回り 得意先回り 社外 出先 会食 接待 出かけ 出掛け でかけ お出かけ
        お出掛け 移動 移動中 納品中 配達中 配送中 視察 立ち会い 立会い 立会 ノーリターン がいしゅつ
        nr out out_and_about ooo out_of_{,the_}office out_of_town on_{,the_}road errand{,s} running_errands
        in_transit commuting no_return travelling_to_client
    """,
    Kind.TRIP: """
        出張 海外出張 国内出張 しゅっちょう
        business_trip travel{ing,ling}_{on,for}_business trip biz_trip work_trip on_a_trip traveling
        travelling on_travel
    """,
    Kind.MEETING: """
        会議 会議中 zoom中 テレカン テレカン中 部会 課会 zoom会議 teams会議 web会議 テレビ会議 tv会議
        電話会議 ビデオ会議 オンライン会議
        リモート会議
        ランチ会議 ミーティング ミーテイング ミィーティング ミーテング ランチミーティング ランチmtg 夕礼 昼礼
        リモートミーティング リモートmtg web{mtg,ミーティング} オンライン{mtg,ミーティング}
        {,お}{打ち,打,うち}{合わせ,合せ,合,あわせ} {,お}打ちわせ 商談 リモート商談 web商談
        オンライン商談 来客 来客対応 ご来客 {,お}客様対応 接客 接客中 来訪 面談 面接官 リモート面談
        オンライン面談 web面談 面接 オンライン面接 web面接 リモート面接 研修 オンライン研修
        リモート研修 web研修 セミナー オンラインセミナー webセミナー ウェビナー ウエビナー
        カンファレンス 定例 週次定例 朝礼 終礼 {定例,役員,取締役,委員,検討,報告,総,株主総}会{,議}
        説明会 勉強会 講習 講習会 講演会 発表会 審議会 経営会議 相談会 キックオフ プレゼン ヒアリング
        会合 かいぎ めんだん ミーティグ
        {weekly,daily,monthly,biweekly}_{meeting,mtg,sync,standup,stand-up,scrum}
        mtg mtgs 1on1 1_on_1 1:1 meeting meetings meting meetting conference interview interviews
        {,be_}in_{a_meeting,meetings,training,a_training} conf_call conference_call video_call training
        seminar workshop webinar all-hands standup stand-up
        with_a_client with_client off_to_{a,my,the,another}_meeting
        with_a_visitor with_visitors
    """,
    Kind.AWAY: """
        休憩 小休憩 休憩中 昼休憩 お昼休憩 昼食 昼食中 昼食休憩 ランチ ランチ休憩 ランチタイム 昼休み
        お昼休み 昼飯 ごはん ご飯 お昼{ご飯,ごはん} 昼{ご飯,ごはん} 昼めし 食事 お食事 食事休憩 中抜け
        小休止 一服
        仮眠
        きゅうけい
        away away_from_{,my_,the_}desk afk brb be_right_back lunch at_lunch off_to_lunch
        {out,gone}_{for,to}_lunch
        {late,early,quick}_lunch lunch_break break coffee_break stepping_{out,away} stepped_{out,away}
    """,
    Kind.BUSY: """
        取り込み中 取込み中 取込中 とりこみちゅう とりこみ中 取り込んで 取り込み 集中 集中作業 集中タイム
        集中モード
        作業 作業中 電話中 通話中 電話対応 電話対応中 架電中 手が離せな 手が離せませ 手がはなせな
        手がはなせませ 手を離せな 手を離せませ 手が塞がって 手がふさがって 手が空きませ 手が空かな
        手一杯 立て込んで 立てこんで たてこんで 立て込み中 応対中 対応中 接続中
        {,会議,商談,面談,研修,打ち合わせ,打合せ}資料作成{,中}
        執筆中
        busy focus focusing focus_time deep_work heads_down do_not_disturb dnd {on,in}_a_call
        {on,in}_calls on_the_phone on_another_call tied_up
        {on,in}_a_{client,customer}_call in_the_middle_of_something
    """,
    Kind.REMOTE: """
        在宅 在宅勤務 在宅ワーク 在宅作業 在宅テレワーク テレワーク リモート リモートワーク
        リモート勤務 フルリモート リモワ テレワ 自宅勤務 自宅作業 {自宅,家}で{仕事,勤務,作業} 在宅きんむ
        りもーと りもーとわーく てれわーく
        自宅から{仕事,勤務} ワーケーション サテライト勤務 サテライトオフィス勤務 ざいたく ざいたく勤務
        wfh {work,working}_from_home {work,working}_remotely {work,working}_remote remote telework
        teleworking remote_work home_office
    """,
    Kind.LEAVE: """
        {,お}休み {,お}休む {,お}休ませ 休まれ {,お}休暇 {,お}休みする {,お}休み{,と}させて{ください,下さい}
        やすみ おやすみ やすみます ゆうきゅう
        おやすみします お休みし 休職 有休 有給 有給休暇 有休休暇 有給休 年休 年次休暇 年次有給休暇
        全休 全日休 代休 振休 振替休日 振替休暇 振り替え休日 代替休暇 欠勤 病欠 病気休暇 夏季休暇
        夏期休暇 夏休み 年末休暇 年始休暇 冬季休暇 冬期休暇 冬休み 正月休み お正月休み
        年末年始休暇 盆休み
        お盆休み gw休暇 忌引 忌引き 忌引休暇 忌引き休暇 育休 育児休暇 育児休業 産休 産前休暇 産後休暇
        介護休暇 介護休業 看護休暇 子の看護休暇 生理休暇 慶弔休暇 結婚休暇 特別休暇 特休
        リフレッシュ休暇 バースデー休暇 誕生日休暇 公休 計画年休 時間休 時間有休 時間年休 私用休 私用休暇
        入院 入院中
        休養 療養 療養中
        pto paid_time_off vacation on_vacation holiday holidays on_holiday on_leave leave annual_leave
        paid_leave sick_leave sick_day maternity_leave paternity_leave parental_leave bereavement_leave
        day_off {a_,the_,my_,}day_off day_off_work days_off off_work time_off personal_day taking_leave
        off out_sick off_sick called_in_sick calling_in_sick
    """,
    Kind.LATE: """
        遅刻 ちこく 遅刻しそう 遅れになり 遅れます 遅れる 遅れて 遅れそう 遅れております おくれます おくれる
        おくれそう 遅くなり
        遅くなる 遅参 遅出 遅番 時差出勤 時差出社
        late {,running_}late_this_morning running_late running_behind delayed
    """,
    Kind.LEFT: """
        業務終了 業務を終了 勤務終了 勤務を終了 仕事終わり 仕事を終わり 終業し 退社 退勤 退所 退庁 帰宅
        帰ります 帰る かえります 上がります 上がる あがります あがる 上がらせて あがらせて 上がり
        あがり 早退 早引け 早引き 早上がり 早あがり 帰られ 上がられ 帰りました 上がりました
        あがりました {本日,今日}は{,これで}失礼{し,いたし,致し}ます {お,}先に失礼 おさきに失礼 これで失礼
        これにて失礼 お先です こちらで失礼
        ここで失礼 そろそろ失礼 早めに失礼 失礼させて 帰らせて 退室 退店
        left leaving leaving_{early,work,the_office} heading_home headed_home going_home gone_home
        gone_for_the_day call{,ing}_it_a_day {have,need,going}_to_leave {will,i'll}_leave
        done_for_{the_day,today} {sign,signing,log,logging,clocking,clock}_off
        {clocking,clock,logging,signing}_out off_for_the_day out_for_the_day leave_early
    """,
    Kind.AVAILABLE: """
        対応可 対応可能 対応できます 対応可です 対応ok 対応いたします可 電話ok 電話可 電話可能
        電話対応可 電話対応可能 電話対応ok 電話対応できます 電話出られます 電話に出られます
        電話出れます 電話に出れます 電話取れます 電話とれます 電話受けられます 通話可 通話可能 通話ok
        電話できます 連絡可
        連絡可能 連絡ok 連絡つきます 手空き 手が空いて 手が空きます 手があいて 空いています 空いてます
        空いております 在席 在席中 席にいます 自席にいます デスクにいます 席におります 自席におります
        在室 在社 社内にいます {会社,オフィス,事務所}に{います,おります}
        available {available,reachable}_by_phone phone_ok free reachable at_my_desk
        in_the_office
    """,
}

# Roles: how a word behaves beside other words. What is not listed here is a plain state.
CAUSES: dict[Kind, str] = {  # yields to any state beside it
    Kind.LEAVE: """
        体調不良 体調がすぐれ 体調が優れ 体調を崩し 体調崩し 体調が悪 体調悪 発熱 風邪 腹痛 頭痛
        インフルエンザ インフル ぎっくり腰 熱が出 熱があ 寝坊休み 静養
        sick not_feeling_well feeling_unwell unwell under_the_weather fever
    """,
    Kind.BUSY: "電話のため 電話のために",
    Kind.LATE: """
        遅延 電車遅延 列車遅延 交通遅延 バス遅延 遅延のため 寝坊 寝過ごし 渋滞
        train_delay train_delays {train,bus}_delayed my_{train,bus}_is_{delayed,late,running_late}
        stuck_in_traffic
    """,
    Kind.OUT: """
        通院 病院 歯医者 歯科 健診 健康診断 検診 人間ドック 役所 市役所 区役所 銀行 郵便局 警察署
        税務署 法務局 {,お}墓参り
        doctor doctor's_appointment doctor_appointment dentist dentist_appointment hospital appointment
        medical_appointment off_to_the_{doctor,dentist,hospital,bank} {doctor,dentist}'s
    """,
}
ABSENCES: dict[Kind, str] = {  # a mere absence: takes the kind of its cause
    Kind.OUT: """
        不在 {会社,社内,オフィス,事務所}に{,は}{いません,おりません}
        {won't,will_not}_be_{in,in_the_office} not_{coming,going}_in not_in_the_office
    """,
    Kind.AWAY: """
        離席 離籍 りせき 離せき 席外し 席をはずし 席を外し 席はずし 席を外す 席をはずす 席外す
        席はずす 席を離れ
        席{,を}空け
        席離れ 席を立ち {少し,ちょっと,しばらく,一旦,いったん}離れ 離れます 席を立つ 席たち
        外します 外してます 外しています 外しております 外させて
        {,ちょっと,少し,一旦,いったん}抜けます 抜けさせて 抜ける
        {席,自席}に{いません,おりません,いない} {席,自席}に戻れ{ませ,な} 自席を{離れ,外し} デスクを離れ
        お席を外し トイレ お手洗い
    """,
    Kind.BUSY: """
        電話に出られませ 電話に出れませ 電話出られませ 電話出れませ 電話に出られな 電話に出れな 電話ng
        電話不可 電話対応不可 対応不可 対応できませ 対応できな 連絡不可 連絡がつきませ 連絡つきませ
        連絡がつかな 応答できませ 通話不可
        unavailable not_available
    """,
}
VISITS = """
    訪問 ご訪問 訪問先 客先 往訪 現場 現地 得意先 顧客先 お客様先 お客さん先 取引先訪問 先方訪問
    顧客訪問 客先訪問 客先回り
    {現地,現場}{調査,確認,作業,検証,視察,打合せ,打ち合わせ} 常駐
    client_visit customer_visit client_site customer_site visiting visit site_visit on_site onsite
    off-site offsite off_to_a_client at_a_client at_client at_{client,customer}_site
    at_{a,the}_{client,customer}{,_site,'s_site,'s_office,'s}
"""  # out; a meeting beside one of them is out as well
GO_DIRECT = "直行 ちょっこう 現地直行 客先直行"
GO_HOME = """
    直帰 ちょっき 直帰予定 ノーリターン 戻りません 戻れません 戻れない 戻れなさそう 戻れそうにな 戻りなし
    帰社しません 帰社なし 戻らない 直接帰り 直接帰る 直接帰宅
    {会社,社,事務所,オフィス}に{,は}戻りません {会社,社,事務所,オフィス}に{,は}戻れません 戻らず
    nr no_return {going,heading,go}_straight_home not_coming_back not_returning
"""
GO_BOTH = "直行直帰 直行・直帰 直行,直帰"
GOING = """
    {会社,事務所,オフィス,社}を出ます 行ってきます いってきます 行って参ります 行ってまいります
    いってまいります 行って来ます
    いって来ます
"""
HALF_MORNING = """
    {午前,am}{,_}{半休,休,半日休,半日休暇,半日有休,半日年休} 前半休
    am_off half_day_am morning_off
"""
HALF_AFTERNOON = """
    {午後,pm}{,_}{半休,休,半日休,半日休暇,半日有休,半日年休} 後半休
    pm_off half_day_pm afternoon_off
"""
HALF_UNSAID = "半休 半日休 半日休暇 半日有休 half_day half_day_off"

# --- ends, returns, changes ------------------------------------------------------------------

RETURNS = """
    帰社 帰所 帰庁 帰院 帰局 帰店 帰園 帰校 帰着 帰任 帰国 戻り お戻り 戻ります 戻る 戻れ もどれ 戻って もどり
    もどります もどる 復帰 帰り お帰り予定 帰ってき 会社着 会社着き 会社に着き
    {帰社,戻り,帰着,帰り}{時間,時刻,予定時間,予定時刻} 戻られ 帰社され お戻りになり 復帰され 会社に着
    {会社,社,事務所,オフィス}{に,へ}帰 会社に戻 会社へ戻 社に戻 席に戻 自席に戻 オフィスに戻 事務所に戻
    仕事に戻 業務に戻 着席 再開 戻す
    {席,自席}に戻れ
    帰社予定 戻り予定 きしゃ 貴社戻り 貴社予定
    back be_back should_be_back be_back_{at_my_desk,in_the_office,at_work,online}
    back_{at_my_desk,to_my_desk,in_the_office,to_the_office,at_work,to_work,online} return
    returning returns coming_back return_to_{work,the_office}
"""
ARRIVES = """
    出社 出勤 出社され 出勤され 出社{時間,時刻,予定時刻} 出勤{時間,時刻} 登庁 出社予定 出勤予定
    しゅっしゃ
    in_at in_by be_in should_be_in be_there arriving arrive arriving_at arrive_at get_in getting_in
    coming_in come_in
"""
LANDS = "着 着予定 着きます 着く 着です 到着 到着します 到着予定"  # only right behind a time
CLEARS = """
    {業務,業務を,勤務,勤務を}開始し{ます,ました} 始業し{ます,ました}



    {戻り,もどり,帰社し,帰社いたし,帰社致し,帰着し,帰所し,復帰し,復帰いたし,復帰致し,出社し,出社いたし,出社致し,出勤し,出勤いたし,着席し,着席いたし,到着し,着き,帰ってき,帰って来,帰ってまいり,戻ってき,もどってき,戻れ,もどれ,戻って来,戻ってまいり,再開し,席につき,席に着き}ました
    {戻った,もどった,帰社した,復帰した,出社した,出勤した,帰ってきた,戻ってきた,着席した,着いた}
    {戻って,もどって,帰社して,復帰して,出社して,出勤して}{い,お,}{ります,ます} 戻りまして 戻りました
    {席,自席,会社,社,オフィス,事務所}に戻って{い,お,}{ります,ます}
    {席,自席,事務所,オフィス,本社,支社,営業所,店,職場}に戻{りました,った} {業務,仕事}に{復帰し,戻り}ました
    {電話,通話,電話対応}{,が,は}{終わり,終了し}ました ただいま帰りました 只今帰りました
    {会社,社,オフィス,事務所}に帰りました 帰社済 帰社済み 戻り済 戻り済み
    出社済 出社済み 出勤済 出勤済み 戻られました お戻りになりました お戻りです 戻られています
    {席,自席,会社,オフィス,事務所}に戻られ{ました,ています,てます,た} 戻られてます 戻られている 戻られており
    帰社されました 帰社されています 帰社されてます {出社さ,出勤さ,戻ら,復帰さ,帰社さ}れた
    {帰国,帰任,帰京,帰阪}{し,いたし,致し,され}ました 出社されました
    出勤されました 復帰されました 戻ってこられました 帰ってこられました 席に戻りました 在席に戻します
    在席に戻しました 在席にします 自席に戻りました 会社に戻りました
    {done_with,finished,back_out_of,got_out_of,through_with}_{,a_,the_,my_,this_}{meeting,call,interview,lunch,break}
    out_of_{the,my}_meeting i'm_here_now just_{came,got}_back{,_from} off_the_phone
    back_from i'm_back_from i'm_back im_back i_am_back i'm_back_{at_my_desk,in_the_office,online,now}
    am_back back_now back_again returned have_returned is_back has_returned
"""
CANCELS = """
    取り消し 取消し 取消 とりけし 取り消します 取り消しで 取り消して 取り消しました 取りやめ やめて
    取り止め 取止め
    とりやめ やめました やめます キャンセル 中止 なくなりました 無くなりました なくなった 無くなった
    なしになりました 無しになりました なしになった 解除 クリア リセット 消して
    cancel cancelled canceled cancelling clear reset called_off never_mind nevermind
"""
FINISHED = """
    {終わり,おわり,終了し,終了いたし,済み,明け}ました 終わった おわった 終了した 終わっています
    終わってます 終わりです おしまいです
    finished done ended {is,are}_{finished,done}
    is_over {meeting,call,lunch}'s_over are_over has_ended has_finished wrapped_up
"""
FINISHES = """
    終了 終了予定 終了{時間,時刻,予定時刻} 終わり 終わります 終わる 終えます 終える おわります おわる
    終わりそう
    ends ending finishes finishing
"""
EXTENDS = """
    延長 延びて 延びま 延びそう 延びる 延び 伸びて 伸びま 伸びそう 伸びる 伸び のびて のびま のびそう
    のびる 延ばします 延ばし 延ばす 押して 押しま 押しそう 押し 押す 長引いて 長引きま 長引きそう
    長引く
    長引き 長びいて
    長びきま オーバー 超過 遅くなり
    extend extending extended extension running_over run_over running_long {overrunning,overrun}
    {need,needs,run,take,running,be}_another
"""
POSTPONES = "遅らせ"  # longer only of a return
TAKES = "かかり かかりま かかる 掛かり 掛かりま 掛かる 要ります 必要"  # longer only with あと or もう
CHANGES = """
    変更 変わりま 変わり 変わる 変更し 変更で 繰り下げ 繰下げ ずらし ずれ 後ろ倒し リスケ
    change changed moved
"""
MORE = "+ あと もう さらに 更に あともう プラス 追加で another more"
BECOMES = "になりま になり になる となりま となり にしま にする"

# --- time ------------------------------------------------------------------------------------

# minutes are those of the office calendar, by name; `about` where the page calls it approximate
NAMED_TIMES: dict[tuple[str, bool], str] = {
    ("opening", False): "朝{一,イチ,いち,1}{,番} {,お}朝一 始業 始業時 始業時間 始業時刻 first_thing",
    ("opening", True): "朝",
    ("noon", False): "正午 昼 お昼 ひる おひる noon midday",
    ("noon", True): "昼前 お昼前 昼頃 お昼頃 昼ごろ お昼ごろ",
    ("afternoon", False): "午後{一,イチ,いち,1}{,番} 昼{一,イチ,いち,1}{,番} 昼明け",
    ("afternoon", True): "昼過ぎ お昼過ぎ 昼すぎ お昼すぎ ひるすぎ 昼下がり after_lunch",
    (
        "closing",
        False,
    ): """
        定時 終業 終業時 終業時間 終業時刻 就業時間
        eod cob close_of_business end_of_{,the_}{day,business_day} closing_time
    """,
    ("evening", True): "夕方 夕刻 evening late_afternoon",
    ("night", True): "夜 晩 今晩 今夜 tonight night",
    ("midnight", False): "深夜0時 midnight 夜中の12時 夜中",
}
MORNING = "午前 午前中 am morning this_morning in_the_morning 午前いっぱい 午前中いっぱい 午前一杯"
AFTERNOON = "午後 pm afternoon this_afternoon in_the_afternoon 午后"
ALL_AFTERNOON = "午後いっぱい 午後一杯 午後中 all_afternoon"
WHOLE_DAY = """
    終日 一日中 1日中 まる一日 丸一日 丸1日 日帰り 全日 夜まで終日 1日いっぱい 一日いっぱい
    all_day the_whole_day whole_day {,for_}the_{,rest_of_the_}day rest_of_{the_,}day
"""

FROM = "から より from starting starting_{at,from,on} since beginning as_of effective"
UNTIL = """
    まで 迄 までに までには までは までの間 いっぱいまで
    until til till 'til through thru up_to up_until
"""
TO = "to"
BY = "by no_later_than"
SINCE = "以降 以後 after"
ABOUT_BEHIND = """
    頃 ごろ ころ くらい ぐらい 位 ほど 程度 程 前後 過ぎ すぎ 前 近く あたり
    辺り 弱 強 見込み ちょい 前くらい 過ぎくらい 過ぎごろ 過ぎ頃
    {少し,すこし,ちょっと,ちょい}{前,まえ,過ぎ,すぎ} より{,少し,ちょっと}前
    を{回って,まわって,回る頃,まわる頃}
    -ish ish or_so
"""
ABOUT_BEFORE = """
    だいたい 大体 およそ おおよそ たぶん 多分 おそらく 恐らく 予定通りなら 予定どおりなら
    予定通りであれば 順調なら うまくいけば 早ければ 順調であれば
    {予定通り,予定どおり,予定通りに,順調に}{いけば,行けば,進めば} {問題,問題が,何も,何事も}なければ
    もしかすると 目標
    around about approx approximately maybe probably roughly circa likely hopefully
"""
ABOUT_ANYWHERE = "かもしれ かも {,に}なりそう tentative tentatively"
# until about then, of what goes on
OUTLOOKS = "目処 目途 めど メド 目安 を{,少し,ちょっと}{過ぎ,回り}{ます,る,そう} を見込んで{い,おり}ます"
AFTERWARDS = """
    その後 そのあと そのご そのまま その後は そのあとは それから 終わり次第 終わったら 終了後
    then after_that afterwards and_then
"""

FILLERS = """
    good_{morning,afternoon,evening} {,please_}note_that {late,short}_notice
    {よい,良い,いい}{週末,連休,お年,休日,一日,年末年始,お正月}を
    see_you_{tomorrow,later,soon,then,all_tomorrow,next_week}
    {出社,帰社,出勤}せず{,に}{,、} {会社,社,オフィス,事務所}に{,は}戻らず{,に}{,、}
    定時{なので,ですので,になりましたので,になったので}{,、} また{明日,来週,後で,あとで,月曜}
    ステータス{,を,は}
    実は
    at_the_latest
    遅くとも おそくとも 遅くても 必ず 予定では 一応 とりあえず 取り急ぎ 急遽 急きょ 引き続き ひきつづき

    {連絡,返信,返事,対応,回答,返答,折り返し}{,が,も}遅{れます,くなります,れる,くなる,れそうです,くなりそうです}
    しばらく 暫く ちょっと 少し 少々 一旦 いったん
    {昼,お昼,昼食,昼休み,ランチ,休憩}を{挟んで,はさんで,挟み}、
    {昼,お昼,昼食,昼休み,ランチ,休憩}を{挟んで,はさんで,挟み} 今から いまから これから ただいま 只今 ただ今
    現在
"""

PAST = """
    この前 この間 昨日 きのう 一昨日 おととい 先日 先週 先月 昨晩 昨夜 昨年 去年 前回
    yesterday last_week last_month last_night last_friday last_time
"""
REPEATED = "毎日 毎週 毎月 毎朝 隔週 毎年 these_days every_day everyday every weekly daily usually"

# words that hold a status word without being one
INNOCENT = """
    夕張 七夕 夕立 夕刊 夕暮れ 夕飯 朝刊 朝顔 昼夜 夜行 一晩 晩ご飯 晩御飯 夜道 前夜祭 朝霞 朝来 朝倉 朝里
    夕凪 朝日町 朝日新聞 定時制 夜間 休み処
    遅くなりました 遅くなりまして 遅れました 海外 国外 県外 市外 都外 郊外 屋外 校外 区外 院外
    {仕,出来,値,立ち,盛り,雨,病み,成り,風呂,召し,跳ね,繰り,つけ,でき,積み,付け}上がり{,ます} 払い戻り
    {後,あと,電話}でかけ 必着 先着 未着 手遅れ 出遅れ 立ち遅れ 時代遅れ 周回遅れ 帰り道 お帰りなさい
    おかえりなさい 巻き戻り 逆戻り
    {会議,商談,面談,研修,セミナー,打ち合わせ,打合せ}{資料,準備}
    研修生 差し戻り 立ち戻り 後戻り 休みの日 お休みなさい おやすみなさい 出張所 会議室 休憩室 休憩所 着手 着任
    着払い 到着便 直行便 直帰率 行き帰り 帰りの会 提出社 研修医 在宅医療 在宅介護 今月号 前日 一日一
    朝日 夕日 夜景 夜勤明け 朝食 夕食 夜食 朝ドラ 夕方便 休日出勤 退社理由 午後の紅茶 月曜日のたわわ
    定例の 外出先 出張先 {訪問,会議,面談,面接,商談,研修,出張,打ち合わせ,打合せ,在宅,外出}日
    月末{処理,締め,作業,対応,業務,決算} 年末{調整,処理,進行,対応,業務,決算}
    {実家,地元,田舎,故郷,郷里}{に,へ}帰 持ち帰り 持ち帰ります 持ち帰る 持帰り
    休業日 休業させて 休業いたし 休業致し 休業し 休業です 休業だ 臨時休業
    i_am i'm out_of_stock out_of_order out_of_{,the_}question sold_out check_out checkout find_out
    figure_out point_out work_out workout turn_out carry_out back_to_you get_back feedback call_back
    callback call_{me,you,him,her,them}_back take_away right_away straight_away break_even meeting_room
    meeting_{notes,minutes,link,url,agenda,invite} free_of_charge feel_free
    sorry_for_{being_late,the_delay,the_late_reply,the_late_response} sorry_i_was_late late_to_{the,this}
    {visiting,working,business,office}_hours free_lunch over_and_out lights_out
    out_for_delivery {,i'm_}back_to_square_one safe_trip back-end
"""
