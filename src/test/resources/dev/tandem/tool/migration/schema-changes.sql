-- Each change: what is done to library.sql before (the history's part) and after (the model's part).
-- "choices:" are what somebody has to say for it; "refused:" is a part of the answer when the change can't be made; "proves:" is true of the
-- rows afterwards.

-- change: add a nullable column
-- after
alter table book add column language varchar(8);

-- change: add a required column with a default
-- after
alter table book add column language varchar(8) not null default 'en';

-- change: add a required column without a default
-- after
alter table book add column language varchar(8) not null;

-- change: add a required number, date, flag, json and uuid
-- after
alter table book add column edition integer not null;
alter table book add column bought date not null;
alter table book add column sold boolean not null;
alter table book add column tags jsonb not null;
alter table book add column shelf uuid not null;

-- change: add a required column with the rows' value told
-- choices: backfill book.language=upper(left(title, 2))
-- after
alter table book add column language varchar(8) not null;

-- change: add a column with a volatile default
-- proves: count(distinct token) = count(*) from book
-- after
alter table book add column token uuid not null default gen_random_uuid();

-- change: add an array column
-- after
alter table book add column tags text[] not null default '{}';

-- change: add a column whose name is a keyword
-- after
alter table book add column "order" integer;
create index "ix_book_order" on book ("order");

-- change: add a column in mixed case
-- after
alter table book add column "shelfMark" varchar(10);
alter table book add constraint "uq_book_shelfMark" unique ("shelfMark");

-- change: add an identity column to a table with rows
-- after
alter table loan add column number bigint not null generated always as identity;

-- change: add a generated column
-- after
alter table book add column slug text generated always as (lower(title)) stored;

-- change: change a generated column's expression
-- choices: allow book.slug
-- before
alter table book add column slug text generated always as (lower(title)) stored;
-- after
alter table book add column slug text generated always as (upper(title)) stored;

-- change: make a generated column a plain one
-- before
alter table book add column slug text generated always as (lower(title)) stored;
-- after
alter table book add column slug text;

-- change: drop a nullable column
-- choices: allow book.pages
-- after
alter table book drop column pages;

-- change: drop a required column that is in an index and a check
-- choices: allow loan.days
-- before
create index ix_loan_days on loan (days);
alter table loan add constraint ck_loan_days check (days > 0);
-- after
alter table loan drop column days;

-- change: rename a column
-- choices: rename book.pages:page_count
-- after
alter table book rename column pages to page_count;

-- change: rename a column that is in an index, a check and a foreign key
-- choices: rename book.author_id:writer_id
-- before
alter table book add constraint ck_book_author_id check (author_id > 0);
-- after
alter table book rename column author_id to writer_id;
alter index ix_book_author_id rename to ix_book_writer_id;
alter table book rename constraint fk_book_author_id to fk_book_writer_id;
alter table book add constraint ck_book_writer_id check (writer_id > 0);

-- change: remove a column and add another of the same type
-- choices: no-rename; allow book.pages
-- after
alter table book drop column pages;
alter table book add column weight integer;

-- change: widen a varchar
-- after
alter table author alter column name type varchar(200);

-- change: make a varchar a text
-- after
alter table author alter column name type text;

-- change: narrow a varchar that rows still fit in
-- choices: allow author.name
-- after
alter table author alter column name type varchar(20);

-- change: make an integer a bigint
-- after
alter table book alter column pages type bigint;

-- change: make a bigint an integer
-- choices: allow loan.copies
-- before
alter table loan add column copies bigint not null default 1;
-- after
alter table loan add column copies integer not null default 1;

-- change: widen a numeric
-- after
alter table book alter column price type numeric(12, 4);

-- change: narrow a numeric
-- choices: allow book.price
-- after
alter table book alter column price type numeric(6, 2);

-- change: make an integer a text
-- after
alter table book alter column pages type text;

-- change: make a text an integer, which PostgreSQL doesn't do by itself
-- before
alter table book add column shelf varchar(10) not null default '7';
-- after
alter table book add column shelf integer not null default 7;

-- change: make a varchar an enum
-- before
alter table loan add column state varchar(8) not null default 'ok';
-- after
alter table loan add column state mood not null default 'ok';

-- change: make a timestamp one with time zone
-- before
alter table loan add column due timestamp;
-- after
alter table loan add column due timestamptz;

-- change: make a date a timestamp
-- after
alter table author alter column born type timestamptz;

-- change: make json jsonb
-- before
alter table loan add column extra json;
-- after
alter table loan add column extra jsonb;

-- change: make the type of a key and of what refers to it wider
-- before
create table room (id integer not null, constraint pk_room primary key (id));
create table shelf (id integer not null, room_id integer, constraint pk_shelf primary key (id),
    constraint fk_shelf_room_id foreign key (room_id) references room (id));
insert into room values (1);
insert into shelf values (1, 1);
-- after
create table room (id bigint not null, constraint pk_room primary key (id));
create table shelf (id bigint not null, room_id bigint, constraint pk_shelf primary key (id),
    constraint fk_shelf_room_id foreign key (room_id) references room (id));

-- change: give a column a collation
-- after
alter table author alter column name type varchar(60) collate "C";

-- change: set a default
-- after
alter table author alter column score set default 5;

-- change: change a default
-- after
alter table book alter column status set default 'OLD';

-- change: drop a default
-- after
alter table author alter column mood drop default;

-- change: require a column that rows have left empty
-- after
alter table book alter column pages set not null;

-- change: require a column and give it a default
-- after
alter table author alter column score set default 3;
alter table author alter column score set not null;

-- change: no longer require a column
-- after
alter table loan alter column days drop not null;

-- change: make a plain key an identity
-- before
create table ticket (id bigint not null, constraint pk_ticket primary key (id));
insert into ticket values (41);
-- after
create table ticket (id bigint not null generated by default as identity, constraint pk_ticket primary key (id));

-- change: make an identity a plain key
-- after
alter table author alter column id drop identity;

-- change: let nobody but the database number the rows
-- after
alter table author alter column id set generated always;

-- change: make a serial column an identity
-- refused: is serial in the migrated schema
-- before
create table ticket (id bigserial, constraint pk_ticket primary key (id));
-- after
create table ticket (id bigint not null generated by default as identity, constraint pk_ticket primary key (id));

-- change: add a serial column
-- refused: is serial; declare an identity column instead
-- after
create table ticket (id bigserial, constraint pk_ticket primary key (id));

-- change: add a table
-- after
create table shop (id bigint not null generated always as identity, name varchar(30) not null, opened date default current_date,
    constraint pk_shop primary key (id), constraint uq_shop_name unique (name), constraint ck_shop_name check (name <> ''));
create index ix_shop_opened on shop (opened) where opened is not null;

-- change: add two tables that refer to each other and to an old one
-- after
create table club (id bigint not null, head_id bigint, constraint pk_club primary key (id));
create table member (id bigint not null, club_id bigint not null, author_id bigint,
    constraint pk_member primary key (id),
    constraint fk_member_club_id foreign key (club_id) references club (id) on delete cascade,
    constraint fk_member_author_id foreign key (author_id) references author (id) on delete set null);
alter table club add constraint fk_club_head_id foreign key (head_id) references member (id) deferrable initially deferred;

-- change: add a table that is a tree
-- after
create table shelf (id uuid not null, parent_id uuid, constraint pk_shelf primary key (id),
    constraint fk_shelf_parent_id foreign key (parent_id) references shelf (id));

-- change: add a partitioned table
-- after
create table visit (id bigint not null, day date not null, constraint pk_visit primary key (id, day)) partition by range (day);
create table visit_2026 partition of visit for values from ('2026-01-01') to ('2027-01-01');

-- change: drop a table
-- choices: allow loan
-- after
drop table loan;

-- change: drop tables of which one refers to the other
-- choices: allow book; allow author
-- after
drop table book;
drop table author;

-- change: rename a table
-- choices: rename loan:lending
-- after
alter table loan rename to lending;
alter table lending rename constraint pk_loan to pk_lending;

-- change: rename a table with an identity, and one of its columns
-- choices: rename author:writer; rename writer.born:birthday
-- after
alter table author rename to writer;
alter table writer rename column born to birthday;
alter table writer rename constraint pk_author to pk_writer;
alter table writer rename constraint uq_author_name to uq_writer_name;
alter sequence author_id_seq rename to writer_id_seq;

-- change: add an index
-- after
create index ix_book_title on book (title);

-- change: add an index on an expression, a partial one and a covering one
-- after
create index ix_book_lower_title on book (lower(title));
create index ix_book_pages on book (pages desc nulls last) where status = 'NEW';
create unique index uq_book_isbn on book (isbn) include (title);

-- change: add a GIN index with an operator class
-- after
create index ix_book_meta on book using gin (meta jsonb_path_ops);

-- change: number rows by a sequence that counts in blocks instead of an identity
-- proves: nextval('author_seq') - 49 > max(id) from author
-- after
alter table author alter column id drop identity;
create sequence author_seq start 1 increment 50;

-- change: number rows by a sequence of another name
-- proves: nextval('numbers') > max(id) from author
-- after
alter table author alter column id drop identity;
create sequence numbers start 1 increment 1;

-- change: number rows that were numbered by hand, and rows that there are none of
-- proves: nextval('"TicketEntity_SEQ"') = 91 and nextval('empty_seq') = 7
-- before
create table ticket (id bigint not null, constraint pk_ticket primary key (id));
create table empty (id bigint not null, constraint pk_empty primary key (id));
insert into ticket values (41);
-- after
create table ticket (id bigint not null, constraint pk_ticket primary key (id));
create table empty (id bigint not null, constraint pk_empty primary key (id));
create sequence "TicketEntity_SEQ" start 1 increment 50;
create sequence empty_seq start 7 increment 1;

-- change: number rows by a default instead of an identity
-- proves: nextval('of_authors') > max(id) from author
-- after
create sequence of_authors;
alter table author alter column id drop identity, alter column id set default nextval('of_authors');

-- change: make a unique index a constraint of the same name
-- before
create unique index uq_book_isbn on book (isbn) where status = 'NEW';
-- after
alter table book add constraint uq_book_isbn unique (isbn);

-- change: replace unique things by others of another name
-- before
alter table book add constraint uq_book_isbn unique (isbn);
create unique index uq_book_title on book (title);
-- after
alter table book add constraint uq_book_isbn_title unique (isbn, title);
create unique index uq_book_title_pages on book (title, pages);

-- change: change an index
-- after
drop index ix_book_author_id;
create index ix_book_author_id on book (author_id, created_at desc);

-- change: drop an index
-- after
drop index ix_book_author_id;

-- change: rename an index and a constraint
-- after
alter index ix_book_author_id rename to ix_book_writer;
alter table author rename constraint uq_author_name to uq_author_full_name;

-- change: add a unique constraint
-- after
alter table book add constraint uq_book_isbn unique (isbn);

-- change: add a unique constraint that counts nulls and is deferrable
-- after
alter table book add constraint uq_book_isbn unique nulls not distinct (isbn, title) deferrable initially deferred;

-- change: change a unique constraint
-- after
alter table author drop constraint uq_author_name, add constraint uq_author_name unique (name, born);

-- change: drop a unique constraint
-- after
alter table author drop constraint uq_author_name;

-- change: change a primary key
-- after
alter table book drop constraint pk_book, add constraint pk_book primary key (id, author_id);

-- change: add a primary key and a foreign key to it
-- before
create table shelf (id uuid not null);
insert into shelf values (gen_random_uuid());
alter table book add column shelf_id uuid;
-- after
create table shelf (id uuid not null, constraint pk_shelf primary key (id));
alter table book add column shelf_id uuid;
alter table book add constraint fk_book_shelf_id foreign key (shelf_id) references shelf (id);

-- change: drop a primary key
-- after
alter table loan drop constraint pk_loan;

-- change: add a foreign key
-- after
alter table loan add constraint fk_loan_book_id foreign key (book_id) references book (id);

-- change: change what a foreign key does
-- after
alter table book drop constraint fk_book_author_id,
    add constraint fk_book_author_id foreign key (author_id) references author (id) on delete cascade;

-- change: drop a foreign key
-- after
alter table book drop constraint fk_book_author_id;

-- change: add a check
-- after
alter table book add constraint ck_book_price check (price >= 0);

-- change: change the values of a check
-- after
alter table book drop constraint ck_book_status, add constraint ck_book_status check (status in ('NEW', 'OLD', 'GONE'));

-- change: drop a check
-- after
alter table book drop constraint ck_book_status;

-- change: add an exclusion constraint
-- before
create extension btree_gist;
-- after
create extension btree_gist;
alter table loan add constraint ex_loan_period exclude using gist (daterange(day, day + days) with &&, book_id with =);

-- change: add an enum and a column of it
-- after
create type cover as enum ('hard', 'soft');
alter table book add column cover cover not null default 'hard';

-- change: add a value to an enum
-- after
alter type mood add value 'great';

-- change: add a value in the middle of an enum and use it
-- after
create type mood_next as enum ('sad', 'so so', 'ok', 'happy');
alter table author alter column mood drop default;
alter table author alter column mood type mood_next using mood::text::mood_next;
drop type mood;
alter type mood_next rename to mood;
alter table author alter column mood set default 'so so';

-- change: remove a value from an enum
-- choices: allow mood
-- after
create type mood_next as enum ('ok', 'happy');
alter table author alter column mood drop default;
alter table author alter column mood type mood_next using mood::text::mood_next;
drop type mood;
alter type mood_next rename to mood;
alter table author alter column mood set default 'ok';

-- change: remove a value from an enum that a check and an index name
-- choices: allow mood
-- before
alter table author add constraint ck_author_mood check (mood <> 'happy' or score > 0);
create index ix_author_mood on author (name) where mood = 'happy';
-- after
create type mood_next as enum ('ok', 'happy');
alter table author alter column mood drop default;
alter table author alter column mood type mood_next using mood::text::mood_next;
drop type mood;
alter type mood_next rename to mood;
alter table author alter column mood set default 'ok';
alter table author add constraint ck_author_mood check (mood <> 'happy' or score > 0);
create index ix_author_mood on author (name) where mood = 'happy';

-- change: rename a value of an enum
-- choices: rename mood.ok:fine
-- after
alter type mood rename value 'ok' to 'fine';

-- change: rename an enum that a default, an array, a view and a check use
-- before
alter table author add column moods mood[] not null default '{ok}';
alter table author add constraint ck_author_mood check (mood <> 'sad' or score is null);
create view glad as select id, mood from author where mood <> 'sad';
-- after
alter type mood rename to temper;
alter table author add column moods temper[] not null default '{ok}';
alter table author add constraint ck_author_mood check (mood <> 'sad' or score is null);
create view glad as select id, mood from author where mood <> 'sad';

-- change: rename an enum in a schema of its own
-- before
create schema archive;
create type archive.kind as enum ('A', 'B');
alter table book add column kind archive.kind;
-- after
create schema archive;
create type archive.sort as enum ('A', 'B');
alter table book add column kind archive.sort;

-- change: make a column and an array of one enum those of another
-- proves: 3 = (select count(*) from author where state = 'ok' and states = '{ok,sad}')
-- before
create type state as enum ('sad', 'ok', 'new');
alter table author add column state state not null default 'ok';
alter table author add column states state[] not null default '{ok,sad}';
-- after
create type state as enum ('sad', 'ok', 'new');
alter table author add column state mood not null default 'ok';
alter table author add column states mood[] not null default '{}';

-- change: put an enum's values into another order
-- after
create type mood_next as enum ('happy', 'ok', 'sad');
alter table author alter column mood drop default;
alter table author alter column mood type mood_next using mood::text::mood_next;
drop type mood;
alter type mood_next rename to mood;
alter table author alter column mood set default 'ok';

-- change: drop an enum
-- choices: allow author.mood; allow mood
-- after
alter table author drop column mood;
drop type mood;

-- change: add a domain and a column of it
-- after
create domain email as text check (value like '%@%');
alter table author add column mail email;

-- change: change a domain's check
-- before
create domain email as text constraint ck_email check (value like '%@%');
alter table author add column mail email;
-- after
create domain email as text constraint ck_email check (value like '%_@_%');
alter table author add column mail email;

-- change: add a sequence
-- after
create sequence ticket_seq start 10 increment 5;

-- change: change a sequence
-- before
create sequence ticket_seq start 10 increment 5;
-- after
create sequence ticket_seq start 10 increment 50;

-- change: add a function and a trigger
-- after
create function touch() returns trigger language plpgsql as $$ begin new.created_at := now(); return new; end $$;
create trigger tr_book_touch before update on book for each row execute function touch();

-- change: change a function's body
-- before
create function twice(n integer) returns integer language sql immutable as 'select n + n';
-- after
create function twice(n integer) returns integer language sql immutable as 'select 2 * n';

-- change: change a trigger
-- before
create function touch() returns trigger language plpgsql as $$ begin new.created_at := now(); return new; end $$;
create trigger tr_book_touch before update on book for each row execute function touch();
-- after
create function touch() returns trigger language plpgsql as $$ begin new.created_at := now(); return new; end $$;
create trigger tr_book_touch before insert or update of title on book for each row execute function touch();

-- change: add a view
-- after
create view new_book as select b.id, b.title, a.name from book b join author a on a.id = b.author_id where b.status = 'NEW';

-- change: change a view
-- before
create view new_book as select id, title from book where status = 'NEW';
-- after
create view new_book as select id, title, price from book where status in ('NEW', 'OLD');

-- change: change the type of a column that a view shows
-- before
create view page_count as select id, pages from book;
-- after
alter table book alter column pages type bigint;
create view page_count as select id, pages from book;

-- change: add a materialized view with an index
-- after
create materialized view author_count as select author_id, count(*) as books from book group by author_id;
create unique index uq_author_count on author_count (author_id);

-- change: change materialized views of which one reads the other, and keep their indexes
-- before
create materialized view shown as select id, title, pages from book;
create unique index uq_shown on shown (id);
create index ix_shown_title on shown (title);
create materialized view shown_count as select count(*) as books from shown;
create unique index uq_shown_count on shown_count (books);
-- after
create materialized view shown as select id, title, price from book;
create unique index uq_shown on shown (id);
create index ix_shown_title on shown (price);
create materialized view shown_count as select count(*) as books from shown;
create unique index uq_shown_count on shown_count (books);

-- change: add an extension and an index of its kind
-- after
create extension pg_trgm;
create index ix_book_title_trgm on book using gin (title gin_trgm_ops);

-- change: comment on a table and a column
-- after
comment on table book is 'What''s on the shelf; all of it';
comment on column book.isbn is 'as printed';

-- change: hide rows from others
-- after
alter table loan enable row level security;
create policy own_loan on loan using (reader = current_user);

-- change: add a table in a schema of its own
-- after
create schema archive;
create table archive.book (id uuid not null, title text, constraint pk_archive_book primary key (id));

-- change: require columns and give them defaults
-- after
alter table book alter column meta set default '{"a": [1, 2], "b": "it''s; ok"}', alter column meta set not null;
alter table book alter column pages set default 1, alter column pages set not null;

-- change: add a required foreign key of two columns
-- after
alter table book add constraint uq_book_id_author_id unique (id, author_id);
alter table loan add column volume_id uuid not null, add column volume_author_id bigint not null;
alter table loan add constraint fk_loan_volume foreign key (volume_id, volume_author_id) references book (id, author_id);

-- change: add required columns of types that nobody has much to do with
-- after
alter table book add column price_paid money not null, add column device macaddr not null, add column host inet not null;
alter table book add column period daterange not null, add column scan bytea not null, add column words tsvector not null;

-- change: add what has keywords for names
-- after
create table "user" (id bigint not null generated by default as identity, "group" varchar(20) not null, "Mixed" integer,
    constraint pk_user primary key (id), constraint "uq_user_group" unique ("group"), constraint "ck_user_Mixed" check ("Mixed" > 0));
create index "ix_user_Mixed" on "user" ("Mixed");
alter table book add column user_id bigint;
alter table book add constraint fk_book_user_id foreign key (user_id) references "user" (id) on delete cascade;

-- change: say names without the quotes that the shell takes away
-- choices: rename user.Mixed:mixed; rename loan:Loan; allow user.group; backfill user.order=7
-- before
create table "user" (id bigint not null, "group" text, "Mixed" integer, "order" integer, constraint pk_user primary key (id));
-- after
create table "user" (id bigint not null, mixed integer, "order" integer not null, constraint pk_user primary key (id));
alter table loan rename to "Loan";

-- change: use names of which two are the same where PostgreSQL cuts them
-- before
create table a_table_with_a_name_that_is_as_long_as_names_can_be_in_postgres (id bigint not null, constraint
    pk_a_table_with_a_name_that_is_as_long_as_names_can_be_in_postg primary key (id));
-- after
create table a_table_with_a_name_that_is_as_long_as_names_can_be_in_postgres (id bigint not null, one integer not null,
    two integer not null, constraint pk_a_table_with_a_name_that_is_as_long_as_names_can_be_in_postg primary key (id, one));

-- change: fill a table without a key whose names are what the filling block has too
-- choices: backfill it's.from='p' || portions || '$portions$'
-- proves: string_agg("from", ',' order by page) = 'pa$portions$,pc$portions$' from "it's"
-- before
create table "it's" (page integer, portions text, ctid_ text);
insert into "it's" values (1, 'a', 'b'), (2, 'c', 'd');
-- after
create table "it's" (page integer, portions text, ctid_ text, "from" text not null);

-- change: fill a partitioned table
-- choices: backfill visit.kind='on ' || day
-- proves: count(*) filter (where kind = 'on 2026-06-06') = 3000 from visit
-- before
create table visit (id bigint not null, day date not null, constraint pk_visit primary key (id, day)) partition by range (day);
create table visit_2025 partition of visit for values from ('2025-01-01') to ('2026-01-01');
create table visit_2026 partition of visit for values from ('2026-01-01') to ('2027-01-01') with (fillfactor = 10);
insert into visit values (0, '2025-05-05');
insert into visit select n, '2026-06-06' from generate_series(1, 3000) n;
-- after
create table visit (id bigint not null, day date not null, kind text not null, constraint pk_visit primary key (id, day))
    partition by range (day);
create table visit_2025 partition of visit for values from ('2025-01-01') to ('2026-01-01');
create table visit_2026 partition of visit for values from ('2026-01-01') to ('2027-01-01') with (fillfactor = 10);

-- change: move a column whose type does not say what is equal
-- choices: rename author.extra:book.extra
-- proves: count(extra ->> 'n') = count(*) from book
-- before
alter table author add column extra json;
update author set extra = '{"n": 1}';
-- after
alter table book add column extra json;

-- change: change a table in a schema of its own
-- proves: string_agg(title, ',') = '' from archive.book
-- before
create schema archive;
create table archive.book (id uuid not null, title text, pages integer, constraint pk_archive_book primary key (id));
insert into archive.book (id) values (gen_random_uuid());
create index ix_archive_book_title on archive.book (title);
create index ix_archive_book_pages on archive.book (pages);
-- after
create schema archive;
create table archive.book (id uuid not null, title text not null, pages integer, author_id bigint,
    constraint pk_archive_book primary key (id), constraint uq_archive_book_title unique (title),
    constraint fk_archive_book_author_id foreign key (author_id) references author (id));
create index ix_archive_book_author_id on archive.book (author_id);
create index ix_archive_book_count on archive.book (pages);

-- change: rename a table in a schema of its own, and one of its columns
-- choices: rename archive.book:tome; rename archive.tome.title:heading
-- before
create schema archive;
create table archive.book (id bigint not null generated always as identity, title text, constraint pk_book primary key (id));
create index ix_book_title on archive.book (title);
-- after
create schema archive;
create table archive.tome (id bigint not null generated always as identity, heading text, constraint pk_tome primary key (id));
create index ix_tome_heading on archive.tome (heading);

-- change: rename a table, and require new columns of it
-- choices: rename loan:lending; backfill lending.place='here'
-- after
alter table loan rename to lending;
alter table lending rename constraint pk_loan to pk_lending;
alter table lending add column number integer not null, add column place text not null;
create index ix_lending_number on lending (number);

-- change: put a foreign key off until the transaction ends
-- after
alter table book drop constraint fk_book_author_id, add constraint fk_book_author_id foreign key (author_id)
    references author (id) deferrable initially deferred;

-- change: make a unique constraint a partial index of the same name
-- before
alter table book add constraint uq_book_isbn unique (isbn);
-- after
create unique index uq_book_isbn on book (isbn) where status = 'NEW';

-- change: change the type of a column that a generated one is made of, with its index
-- before
alter table book add column twice integer generated always as (pages * 2) stored;
create index ix_book_twice on book (twice);
-- after
alter table book alter column pages type bigint;
alter table book add column twice integer generated always as (pages * 2) stored;
create index ix_book_twice on book (twice);

-- change: change the type of a column that views of views show
-- before
create view page as select id, pages from book;
create view many_pages as select * from page where pages > 3;
create materialized view page_number as select pages from many_pages;
create index ix_page_number on page_number (pages);
comment on view page is 'all';
-- after
alter table book alter column pages type bigint;
create view page as select id, pages from book;
create view many_pages as select * from page where pages > 3;
create materialized view page_number as select pages from many_pages;
create index ix_page_number on page_number (pages);
comment on view page is 'all';

-- change: change the type of a column that a trigger, a policy and an index name
-- before
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger tr_book before update of pages on book for each row when (new.pages > 3) execute function touch();
create policy many_pages on book using (pages > 1);
create index ix_book_more on book ((pages + 1)) where pages > 2;
-- after
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
alter table book alter column pages type bigint;
create trigger tr_book before update of pages on book for each row when (new.pages > 3) execute function touch();
create policy many_pages on book using (pages > 1);
create index ix_book_more on book ((pages + 1)) where pages > 2;

-- change: rename a column and change its type
-- choices: rename book.pages:page_count
-- after
alter table book rename column pages to page_count;
alter table book alter column page_count type bigint;

-- change: rename a column and change its type, and say nothing
-- refused: --rename book.pages:page_count
-- after
alter table book rename column pages to page_count;
alter table book alter column page_count type text;

-- change: add a value to an enum of Hibernate's, and use it
-- before
create type kind as enum ('A', 'B');
create cast (varchar as kind) with inout as implicit;
create cast (kind as varchar) with inout as implicit;
alter table book add column kind kind not null default 'A';
create view kinds as select id, kind from book where kind = 'A';
-- after
create type kind as enum ('A', 'B', 'C');
create cast (varchar as kind) with inout as implicit;
create cast (kind as varchar) with inout as implicit;
alter table book add column kind kind not null default 'C';
create view kinds as select id, kind from book where kind = 'A';

-- change: remove a value from an enum of Hibernate's
-- choices: allow kind
-- before
create type kind as enum ('A', 'B', 'C');
create cast (varchar as kind) with inout as implicit;
create cast (kind as varchar) with inout as implicit;
alter table book add column kind kind not null default 'A';
create view kinds as select id, kind from book where kind = 'A';
-- after
create type kind as enum ('A', 'C');
create cast (varchar as kind) with inout as implicit;
create cast (kind as varchar) with inout as implicit;
alter table book add column kind kind not null default 'C';
create view kinds as select id, kind from book where kind = 'A';

-- change: rename a value of an enum of Hibernate's and add another
-- choices: rename kind.B:BB
-- before
create type kind as enum ('A', 'B');
create cast (varchar as kind) with inout as implicit;
create cast (kind as varchar) with inout as implicit;
alter table book add column kind kind not null default 'B';
create view kinds as select id, kind from book where kind = 'A';
-- after
create type kind as enum ('A', 'BB', 'C');
create cast (varchar as kind) with inout as implicit;
create cast (kind as varchar) with inout as implicit;
alter table book add column kind kind not null default 'C';
create view kinds as select id, kind from book where kind = 'A';

-- change: rename a value of an enum and add another, and say nothing
-- refused: --rename kind.B:BB or --rename kind.B:C
-- before
create type kind as enum ('A', 'B');
create cast (varchar as kind) with inout as implicit;
create cast (kind as varchar) with inout as implicit;
alter table book add column kind kind not null default 'B';
create view kinds as select id, kind from book where kind = 'A';
-- after
create type kind as enum ('A', 'BB', 'C');
create cast (varchar as kind) with inout as implicit;
create cast (kind as varchar) with inout as implicit;
alter table book add column kind kind not null default 'C';
create view kinds as select id, kind from book where kind = 'A';

-- change: move a table to another schema, and rename it
-- choices: rename loan:archive.lending
-- after
create schema archive;
alter table loan set schema archive;
alter table archive.loan rename to lending;
alter table archive.lending add column number integer not null;

-- change: move a column to a table that refers to its own
-- choices: rename author.note:book.note
-- proves: count(note) = 13 from book
-- after
alter table author drop column note;
alter table book add column note text;

-- change: move a column to the table that its own refers to, where it is required
-- choices: rename book.status:author.status
-- proves: count(*) filter (where status in ('NEW', 'OLD')) = count(*) from author
-- after
alter table book drop column status;
alter table author add column status varchar(16) not null;

-- change: move a column to another table, and say nothing
-- refused: --rename author.note:book.note
-- after
alter table author drop column note;
alter table book add column note text;

-- change: move a table out of its schema, and say nothing
-- refused: --rename archive.tome:public.tome
-- before
create schema archive;
create table archive.tome (id uuid not null, title text, constraint pk_tome primary key (id));
-- after
create schema archive;
create table tome (id uuid not null, title text, constraint pk_tome primary key (id));

-- change: move a table out of its schema
-- choices: rename archive.tome:public.tome
-- before
create schema archive;
create table archive.tome (id uuid not null, title text, constraint pk_tome primary key (id));
-- after
create schema archive;
create table tome (id uuid not null, title text, constraint pk_tome primary key (id));

-- change: rename a function, a trigger that calls it, and a view
-- before
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger tr_book_touch before update on book for each row execute function touch();
create view title as select id, title from book;
-- after
create function brush() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger tr_book_brush before update on book for each row execute function brush();
create view heading as select id, title from book;

-- change: declare another trigger instead of one
-- refused: --allow-drop book.tr_book_touch
-- before
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger tr_book_touch before update on book for each row execute function touch();
-- after
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger tr_book_write before insert or update on book for each row execute function touch();

-- change: declare another trigger instead of one that may go
-- choices: allow book.tr_book_touch
-- before
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger tr_book_touch before update on book for each row execute function touch();
-- after
create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
create trigger tr_book_write before insert or update on book for each row execute function touch();

-- change: add a column with a volatile default that may be empty
-- after
alter table book add column token uuid default gen_random_uuid();

-- change: change a partitioned table
-- before
create table visit (id bigint not null, day date not null, note text, constraint pk_visit primary key (id, day)) partition by range (day);
create table visit_2026 partition of visit for values from ('2026-01-01') to ('2027-01-01');
-- after
create table visit (id bigint not null, day date not null, note text not null, extra integer, constraint pk_visit primary key (id, day))
    partition by range (day);
create table visit_2026 partition of visit for values from ('2026-01-01') to ('2027-01-01');
create index ix_visit_note on visit (note);

-- change: divide a partitioned table otherwise
-- choices: allow visit; allow visit_2026
-- before
create table visit (id bigint not null, day date not null) partition by range (day);
create table visit_2026 partition of visit for values from ('2026-01-01') to ('2027-01-01');
-- after
create table visit (id bigint not null, day date not null) partition by hash (id);
create table visit_2026 partition of visit for values with (modulus 1, remainder 0);

-- change: store columns as their types are stored
-- before
alter table book alter column title set storage external;
alter table book alter column meta set storage main;
alter table book alter column status set compression pglz;
-- after

-- change: store columns otherwise
-- after
alter table book alter column title set storage external;
alter table book alter column status set compression pglz;
create table shelf (id uuid not null, label text, constraint pk_shelf primary key (id));
alter table shelf alter column label set storage plain;

-- change: change the type of a column that is stored in its own way
-- before
alter table book alter column isbn set storage external;
alter table book alter column isbn set compression pglz;
-- after
alter table book alter column isbn type text;
alter table book alter column isbn set storage external;
alter table book alter column isbn set compression pglz;

-- change: tell a replica rows by all their values
-- after
alter table book replica identity full;

-- change: tell a replica rows by their keys again
-- before
alter table book replica identity full;
alter table loan replica identity nothing;
-- after

-- change: tell a replica rows by a new index
-- before
create unique index ix_loan_reader on loan (book_id, days, day);
alter table loan replica identity using index ix_loan_reader;
-- after
create unique index ix_loan_reader on loan (book_id, day, days);
alter table loan replica identity using index ix_loan_reader;
create unique index ix_book_number on book (id, author_id);
alter table book replica identity using index ix_book_number;

-- change: comment on constraints and indexes that are new or change
-- before
create index ix_book_title on book (title);
comment on index ix_book_title is 'by title';
comment on constraint uq_author_name on author is 'no two of a name';
comment on constraint ck_book_status on book is 'two';
-- after
create index ix_book_title on book (title, pages);
comment on index ix_book_title is 'by title';
create index ix_book_pages on book (pages);
comment on index ix_book_pages is 'by pages';
alter table author drop constraint uq_author_name;
alter table author add constraint uq_author_name unique (name, born);
comment on constraint uq_author_name on author is 'no two of a name';
comment on constraint ck_book_status on book is 'the author''s "two"';

-- change: take comments away from constraints and indexes
-- before
comment on constraint ck_book_status on book is 'two';
comment on constraint pk_loan on loan is 'a reader a day';
comment on index ix_book_author_id is 'by author';
-- after

-- change: turn on what a table forces on its owner, and statistics of several columns
-- before
alter table loan enable row level security;
alter table loan force row level security;
alter table book alter column title set statistics 500;
-- after
alter table loan enable row level security;
alter table book alter column title set (n_distinct = 5);
create statistics st_book_status (dependencies) on status, pages from book;

-- change: many things at once
-- choices: allow book.meta; allow book.title
-- after
alter table book add column publisher varchar(40) not null;
alter table book drop column meta;
alter table book alter column title type varchar(300);
alter table book add constraint ck_book_pages check (pages > 0 or pages is null);
create index ix_book_publisher on book (publisher);
create table publisher (name varchar(40) not null, constraint pk_publisher primary key (name));
alter table author alter column score type bigint;
alter table loan add constraint fk_loan_book_id foreign key (book_id) references book (id) on delete cascade;
alter type mood add value 'great';

-- change: nothing
-- same
-- after

-- change: nothing, but columns stand in another order and expressions are written otherwise
-- same
-- before
create table shelf (id uuid not null, room varchar(10), floor integer default 1,
    constraint pk_shelf primary key (id), constraint ck_shelf_room check (room in ('A', 'B') and (floor between 1 and 3)));
create index ix_shelf_room on shelf (lower(room)) where room in ('A', 'B');
-- after
create table shelf (floor integer default 1, room varchar(10), id uuid not null,
    constraint pk_shelf primary key (id),
    constraint ck_shelf_room check (((room)::text = any ((array['A'::character varying, 'B'::character varying])::text[]))
        and ((floor >= 1) and (floor <= 3))));
create index ix_shelf_room on shelf (lower((room)::text)) where (room)::text = any ((array['A'::character varying, 'B'::character varying])::text[]);

-- change: nothing, but other values are in the rows and in the sequences
-- same
-- before
create sequence ticket_seq;
select nextval('ticket_seq'), nextval('ticket_seq');
insert into author (name) values ('Dee');
alter table book alter column created_at type timestamptz(6);
-- after
create sequence ticket_seq;
