insert into author (name, born, mood, score, note)
values ('Ada', '1815-12-10', 'happy', 10, 'first'), ('Bea', null, 'ok', null, null), ('Cy', '1990-01-01', 'ok', 7, 'third');

insert into book (id, author_id, isbn, title, price, pages, status, meta)
select gen_random_uuid(), 1 + n % 3, 'isbn-' || n, 'Title ' || n, n, case when n % 2 = 0 then n * 10 end,
       case when n % 3 = 0 then 'OLD' else 'NEW' end, jsonb_build_object('n', n)
from generate_series(1, 20) n;

insert into loan (book_id, day, reader, days)
select id, date '2026-01-01', 'reader', 14 from book;
