//! The words that names are made of.

/// First characters of brands: literary, and rare on shop signs.
pub(super) const BRAND_FIRST: &[char] = &[
    '砚', '岚', '衡', '澄', '霁', '沅', '翊', '珩', '屿', '徽', '阆', '韫', '璟', '筠', '鹤', '霖', '漱', '岱', '颐', '稷', '笙',
    '槿', '葭', '骊', '缙', '钧', '晔', '琛', '朔', '芃',
];

/// Second characters of brands.
pub(super) const BRAND_SECOND: &[char] = &[
    '岫', '泽', '野', '澜', '岑', '禾', '川', '衍', '庭', '原', '舟', '朗', '峤', '汀', '桓', '湛', '甫', '榕', '阡', '陌', '瀚',
    '峻', '垣', '晟', '渚', '尧', '颂', '嵘', '棠',
];

/// Step through the pairs of brand characters: a prime that does not divide their number.
pub(super) const BRAND_STRIDE: u64 = 347;

/// First characters of invented villages.
pub(super) const VILLAGE_FIRST: &[&str] = &[
    "青槐", "白杨", "石磨", "柳湾", "杏坡", "清泉", "双榆", "黄栌", "枣坪", "苇塘", "松涧", "桃源", "上梁", "下梁", "核桃",
    "麦积", "谷堆", "瓦窑", "圪台", "滴水",
];

/// Last characters of invented villages.
pub(super) const VILLAGE_SECOND: &[&str] = &["沟", "庄", "岭", "坪", "河", "凹", "垴", "掌"];

/// Common surnames, mixed.
pub(super) const SURNAMES: &[&str] = &[
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "罗", "梁",
    "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹", "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕", "苏", "卢",
    "蒋", "蔡", "贾", "丁", "魏", "薛", "叶", "阎", "潘", "杜", "戴", "夏", "钟", "汪", "田", "任", "姜", "范", "方", "石", "姚",
    "谭", "廖", "邹", "熊", "金", "陆", "郝", "孔", "白", "崔", "康", "毛", "邱", "秦", "江", "史", "顾", "侯", "邵", "孟", "龙",
    "万", "段", "雷", "钱", "汤", "尹", "黎", "易", "常", "武", "乔", "贺", "赖", "龚", "文", "申", "暴", "原", "牛", "连", "栗",
    "鲍", "欧阳", "司马",
];

/// Characters of given names.
pub(super) const GIVEN: &[&str] = &[
    "伟", "芳", "敏", "静", "强", "磊", "军", "洋", "勇", "艳", "杰", "娟", "涛", "明", "超", "霞", "平", "刚", "英", "华", "文",
    "建", "国", "志", "海", "晓", "红", "玉", "春", "梅", "兰", "峰", "鹏", "飞", "斌", "宇", "浩", "凯", "俊", "波", "辉", "林",
    "丽", "慧", "婷", "雪", "琴", "云", "莉", "萍", "燕", "旭", "阳", "晨", "东", "庆", "永", "新", "爱", "忠", "义", "安", "瑞",
    "宏", "卫", "立", "成", "振", "福", "喜", "树", "青",
];

/// A county as names use it.
pub(super) struct County {
    pub code: i32,
    pub name: &'static str,
    /// Before a unit's own name.
    pub prefix: &'static str,
    /// Before 环 in the numbers of papers.
    pub short: &'static str,
}

const fn county_words(code: i32, name: &'static str, prefix: &'static str, short: &'static str) -> County {
    County { code, name, prefix, short }
}

const COUNTIES: [County; 13] = [
    county_words(140_403, "潞州区", "长治市潞州区", "潞州"),
    county_words(140_404, "上党区", "长治市上党区", "上党"),
    county_words(140_405, "屯留区", "长治市屯留区", "屯"),
    county_words(140_406, "潞城区", "长治市潞城区", "潞城"),
    county_words(140_423, "襄垣县", "襄垣县", "襄"),
    county_words(140_425, "平顺县", "平顺县", "平"),
    county_words(140_426, "黎城县", "黎城县", "黎"),
    county_words(140_427, "壶关县", "壶关县", "壶"),
    county_words(140_428, "长子县", "长子县", "长子"),
    county_words(140_429, "武乡县", "武乡县", "武"),
    county_words(140_430, "沁县", "沁县", "沁"),
    county_words(140_431, "沁源县", "沁源县", "沁源"),
    county_words(140_471, "高新区", "长治高新区", "长高"),
];

const CITY: County = county_words(140_400, "", "长治市", "长");

/// The county of a code; the city for any other.
pub(super) fn county(code: i32) -> &'static County {
    COUNTIES.iter().find(|county| county.code == code).unwrap_or(&CITY)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_stride_meets_every_pair() {
        let pairs = (BRAND_FIRST.len() * BRAND_SECOND.len()) as u64;
        let met: HashSet<_> = (0..pairs).map(|n| n * BRAND_STRIDE % pairs).collect();
        assert_eq!(met.len() as u64, pairs);
    }

    #[test]
    fn no_brand_character_stands_twice() {
        for list in [BRAND_FIRST, BRAND_SECOND] {
            assert_eq!(list.iter().collect::<HashSet<_>>().len(), list.len());
        }
    }
}
