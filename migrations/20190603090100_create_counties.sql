-- Counties, their townships, and the bodies that report for them. Reference tables: no row security, nothing typed by
-- counties. The city is county 140400; it has bodies, and no field facts.

CREATE TABLE counties (
    id integer NOT NULL, -- GB/T 2260; the high-tech zone has the statistical code 140471
    name text NOT NULL,
    former_names text[] NOT NULL, -- names and codes that imports accept: short, former and other official ones
    rank smallint NOT NULL, -- customary order in official papers; the city is 0
    tile_column smallint, -- place on the tile map; the city has none
    tile_row smallint,
    CONSTRAINT counties_pkey PRIMARY KEY (id),
    CONSTRAINT counties_id_is_a_division_code CHECK (id BETWEEN 110000 AND 999999),
    CONSTRAINT counties_name_unique UNIQUE (name),
    CONSTRAINT counties_rank_unique UNIQUE (rank),
    CONSTRAINT counties_tile_unique UNIQUE (tile_column, tile_row),
    CONSTRAINT counties_tile_whole CHECK ((tile_column IS NULL) = (tile_row IS NULL))
);

CREATE TABLE townships (
    code text NOT NULL, -- nine digits: the county's six and three of its own
    county_id integer NOT NULL,
    name text NOT NULL,
    CONSTRAINT townships_pkey PRIMARY KEY (code),
    CONSTRAINT townships_code_has_nine_digits CHECK (code ~ '^[0-9]{9}$'),
    CONSTRAINT townships_county_fkey FOREIGN KEY (county_id) REFERENCES counties (id),
    CONSTRAINT townships_county_name_unique UNIQUE (county_id, name)
);

-- Names and seals are dated, because 2019 was mid-reform (环境保护局 -> 生态环境局分局): on a day, the body of a county
-- is its row with the latest valid_from that is not after that day.
CREATE TABLE bodies (
    id uuid NOT NULL,
    county_id integer NOT NULL,
    full_name text NOT NULL, -- as 填报单位 on a table and at the end of a paper
    seal_name text NOT NULL, -- as cut on the seal
    valid_from date NOT NULL,
    may_punish boolean NOT NULL, -- may decide penalties in its own name; else cases go to the city (移送市局办理)
    CONSTRAINT bodies_pkey PRIMARY KEY (id),
    CONSTRAINT bodies_county_fkey FOREIGN KEY (county_id) REFERENCES counties (id),
    CONSTRAINT bodies_county_valid_from_unique UNIQUE (county_id, valid_from)
);
