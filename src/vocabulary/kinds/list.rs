//! The kinds themselves, one entry each.

use super::{Kind, Medium};
use std::ops::RangeInclusive;

/// A range of whole yuan, as articles give it, in fen.
const fn yuan(from: i64, to: i64) -> Option<RangeInclusive<i64>> {
    Some(RangeInclusive::new(from * 100, to * 100))
}

/// What most kinds are; entries name only what differs.
const PLAIN: Kind = Kind {
    code: "",
    label: "",
    short: "",
    basis: "",
    medium: Medium::Other,
    severe: false,
    two_verifiers: false,
    usual_fine: None,
    caution: "",
    synonyms: "",
};

pub(super) static KINDS: [Kind; 20] = [
    // One to five per cent of the investment, so no range of its own.
    Kind {
        code: "01",
        label: "未批先建(环评未批擅自开工)",
        short: "未批先建",
        basis: "环境影响评价法第三十一条；环境保护法第六十一条",
        caution: "未批先建的二年追责期限自建设行为终了之日起计算（行政处罚法第二十九条），请核对建成时间；投入生产的，另按“未验先投”等审查。",
        synonyms: "环评未批先建|未批先建环评|无环评|无环评手续",
        ..PLAIN
    },
    // 20-100 万元, and 100-200 万元 when not mended in time; persons 5-20 万元.
    Kind {
        code: "02",
        label: "未验先投(环保设施未建成/未验收即投产)",
        short: "未验先投",
        basis: "建设项目环境保护管理条例第二十三条第一款",
        usual_fine: yuan(200_000, 2_000_000),
        synonyms: "未验收先投产|未验收|久试未验|违反三同时|违反“三同时”制度",
        ..PLAIN
    },
    Kind {
        code: "03",
        label: "无证排污",
        short: "无证排污",
        basis: "大气污染防治法第九十九条第一项；水污染防治法第八十三条第一项；环境保护法第四十五条、第六十三条第二项",
        usual_fine: yuan(100_000, 1_000_000),
        caution: "请核对该行业排污许可证的实施时限在行为发生时是否已到（环境保护法第四十五条；固定污染源排污许可分类管理名录（2017年版））。",
        synonyms: "无排污许可证|未取得排污许可证|无排污许可证排污|未取得排污许可证排放污染物",
        ..PLAIN
    },
    Kind {
        code: "04",
        label: "未按证排污",
        short: "未按证排污",
        basis: "环境保护法第四十五条第二款；排污许可管理办法（试行）（部令第48号，2018年）",
        synonyms: "不按证排污|未按排污许可证要求排污|未按照排污许可证规定排放污染物",
        ..PLAIN
    },
    Kind {
        code: "05",
        label: "超标排放",
        short: "超标排放",
        basis: "大气污染防治法第九十九条第二项；水污染防治法第八十三条第二项；部令第30号（2014年）第五条",
        usual_fine: yuan(100_000, 1_000_000),
        synonyms: "超标|废气超标|废水超标|废水超标排放|废气超标排放|超标排污|超标排放污染物|排放超标|超标排放大气污染物|超标排放水污染物",
        ..PLAIN
    },
    Kind {
        code: "06",
        label: "超总量排放",
        short: "超总量排放",
        basis: "大气污染防治法第九十九条第二项；水污染防治法第八十三条第二项；部令第30号（2014年）第五条、第六条第三项",
        usual_fine: yuan(100_000, 1_000_000),
        synonyms: "超总量|超总量排污|总量超标",
        ..PLAIN
    },
    Kind {
        code: "07",
        label: "逃避监管排污(暗管、渗井、渗坑、灌注、旁路)",
        short: "逃避监管排污",
        basis: "环境保护法第四十二条、第六十三条第三项；大气污染防治法第九十九条第三项；水污染防治法第八十三条第三项；公治〔2014〕853号第五条",
        medium: Medium::Water,
        severe: true,
        two_verifiers: true,
        usual_fine: yuan(100_000, 1_000_000),
        caution: "",
        synonyms: "偷排|偷排偷放|逃避监管|暗管偷排|私设暗管|暗管排污|渗坑|旁路偷排|以逃避监管的方式排放污染物",
    },
    Kind {
        code: "08",
        label: "监测数据弄虚作假(篡改、伪造)",
        short: "监测数据造假",
        basis: "环境保护法第六十三条第三项；大气污染防治法第九十九条第三项；水污染防治法第八十三条第三项；公治〔2014〕853号第六条",
        severe: true,
        two_verifiers: true,
        usual_fine: yuan(100_000, 1_000_000),
        synonyms: "数据造假|弄虚作假|数据弄虚作假|监测数据弄虚作假|篡改伪造监测数据|篡改、伪造监测数据",
        ..PLAIN
    },
    Kind {
        code: "09",
        label: "治污设施不正常运行/擅自停运",
        short: "治污设施不正常运行",
        basis: "环境保护法第六十三条第三项；大气污染防治法第九十九条第三项；水污染防治法第八十三条第三项；公治〔2014〕853号第七条",
        medium: Medium::Air,
        usual_fine: yuan(100_000, 1_000_000),
        synonyms: "不正常运行|治污设施擅自停运|不正常运行治污设施|不正常运行大气污染防治设施|不正常运行水污染防治设施|环保设施不正常运行|污染防治设施不正常运行|擅自停运治污设施|擅自停运",
        ..PLAIN
    },
    // The ministry's category; which article applies depends on the project, so no range.
    Kind {
        code: "10",
        label: "未安装治污设施",
        short: "未安装治污设施",
        basis: "环境保护法第四十一条；建设项目环境保护管理条例第二十三条",
        medium: Medium::Air,
        synonyms: "无治污设施|未建治污设施|未安装污染防治设施|工业企业未安装大气污染防治设施|未配套污染防治设施",
        ..PLAIN
    },
    Kind {
        code: "11",
        label: "自动监测未安装、未联网、不正常运行",
        short: "自动监测不规范",
        basis: "大气污染防治法第一百条第三项；水污染防治法第八十二条第二项",
        usual_fine: yuan(20_000, 200_000),
        synonyms: "自动监测|在线监测不正常运行|自动监控未安装|自动监控未联网|在线监测未安装|在线监测未联网|自动监控设施不正常运行",
        ..PLAIN
    },
    // Publishing alone (企业事业单位环境信息公开办法第十六条) goes up to 30,000 yuan.
    Kind {
        code: "12",
        label: "自行监测、信息公开、台账不规范",
        short: "监测公开台账不规范",
        basis: "大气污染防治法第一百条第二项、第四项；水污染防治法第八十二条；环境保护法第五十五条、第六十二条",
        usual_fine: yuan(20_000, 200_000),
        synonyms: "自行监测|信息公开|台账不规范|未自行监测|未开展自行监测|未公开环境信息|环境管理台账不规范|环保台账不规范",
        ..PLAIN
    },
    // 第一百一十七条 gives 1-10 万元, 第一百零八条第五项 (steel, building materials, mines …) 2-20 万元.
    Kind {
        code: "13",
        label: "扬尘/物料堆场/无组织排放",
        short: "扬尘和无组织排放",
        basis: "大气污染防治法第一百零八条第五项、第一百一十五条、第一百一十七条、第一百二十三条第四项",
        medium: Medium::Air,
        usual_fine: yuan(10_000, 200_000),
        synonyms: "扬尘|扬尘污染|粉尘|粉尘污染|粉尘无组织排放|扬尘治理不到位|物料堆场|无组织排放|工业粉尘无组织排放|物料堆场未落实扬尘治理措施|建筑工地扬尘管理|建筑工地扬尘|物料未覆盖|物料露天堆放",
        ..PLAIN
    },
    Kind {
        code: "14",
        label: "VOCs 整治不到位",
        short: "VOCs整治不到位",
        basis: "大气污染防治法第四十五条、第一百零八条第一项",
        medium: Medium::Air,
        usual_fine: yuan(20_000, 200_000),
        synonyms: "VOCs|VOC|挥发性有机物|VOCs治理不到位|挥发性有机物整治不到位|VOC整治不到位",
        ..PLAIN
    },
    // 第六十八条: 5,000-50,000 or 1-10 万元; 第七十五条 (hazardous waste): 1-10 or 2-20 万元.
    Kind {
        code: "15",
        label: "固废、危废违法(贮存、转移、倾倒)",
        short: "固废危废违法",
        basis: "固体废物污染环境防治法（2016年修正）第六十八条、第七十五条",
        medium: Medium::Solid,
        two_verifiers: true,
        usual_fine: yuan(5_000, 200_000),
        synonyms: "固废|危废|固体废物|危险废物|危废贮存不规范|危废管理不规范|固废违法|危废违法|非法倾倒固体废物|危险废物管理不规范",
        ..PLAIN
    },
    // Closed to the standard 两断三清; the article depends on what the workshop does.
    Kind {
        code: "16",
        label: "“散乱污”企业",
        short: "散乱污企业",
        basis: "打赢蓝天保卫战三年行动计划（国发〔2018〕22号）；处罚按其具体违法行为适用",
        two_verifiers: true,
        synonyms: "散乱污|涉气散乱污企业|涉气“散乱污”|小散乱污|土小企业",
        ..PLAIN
    },
    Kind {
        code: "17",
        label: "燃煤锅炉应淘汰未淘汰",
        short: "燃煤锅炉未淘汰",
        basis: "大气污染防治法第一百零七条",
        medium: Medium::Air,
        usual_fine: yuan(20_000, 200_000),
        synonyms: "燃煤锅炉|应淘汰燃煤锅炉未拆除|燃煤小锅炉|锅炉应淘汰未淘汰|燃煤锅炉未拆除",
        ..PLAIN
    },
    // 10-50 万元, and 50-100 万元 when not taken down in time; other outlets 2-10 and 10-50 万元.
    Kind {
        code: "18",
        label: "饮用水水源保护区违法",
        short: "水源保护区违法",
        basis: "水污染防治法第八十四条、第九十一条",
        medium: Medium::Water,
        usual_fine: yuan(20_000, 1_000_000),
        synonyms: "饮用水水源地|饮用水源地|水源地|水源保护区|饮用水源保护区违法|饮用水水源地违法",
        ..PLAIN
    },
    Kind {
        code: "19",
        label: "拒绝、阻挠检查",
        short: "拒绝阻挠检查",
        basis: "大气污染防治法第九十八条；水污染防治法第八十一条",
        usual_fine: yuan(20_000, 200_000),
        synonyms: "拒绝检查|阻挠检查|拒绝执法检查|阻挠执法|拒绝、阻挠执法检查|抗拒检查",
        ..PLAIN
    },
    Kind {
        code: "99",
        label: "其他",
        short: "其他",
        synonyms: "其它|养殖污染|畜禽养殖污染|油烟|油烟污染|噪声污染|噪声扰民|其他违法行为|其他问题|未严格执行重污染天气应急响应",
        ..PLAIN
    },
];
