-- Owners that are not the administrator, so that a restore has to bring owners and grants back.
CREATE ROLE demo_owner LOGIN;
CREATE ROLE demo_reader;
CREATE DATABASE demo_orders OWNER demo_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8';
CREATE DATABASE demo_archive OWNER demo_owner TEMPLATE template0 ENCODING 'UTF8' LOCALE 'en_US.UTF-8';
ALTER DATABASE demo_archive SET search_path = archive, public;
ALTER DATABASE demo_archive SET timezone = 'Europe/Zurich';
