#!/bin/sh
# Runs once, when the image of PostgreSQL has made an empty cluster: Tandem gets a database that it owns, and is no superuser.
set -eu

psql --set=ON_ERROR_STOP=1 --set=password="$TANDEM_DATABASE_PASSWORD" --username="$POSTGRES_USER" --dbname=postgres <<'SQL'
create role tandem login password :'password';
create database tandem owner tandem;
\connect tandem
-- For the engine pgvector; an owner may not create it everywhere.
create extension vector;
-- The superuser is for the machine itself, by the Unix socket.
alter role current_user password null;
SQL
