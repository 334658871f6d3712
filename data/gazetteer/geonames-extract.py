#!/usr/bin/python3
# SPDX-FileCopyrightText: 2026 The tripd authors
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# Makes geonames.tsv, the table of GeoNames' cities, states and countries with their names in many languages, from the
# Debian packages libgeonames0 (the places, a GResource in the library file) and libgeonames-common (the names, a
# message catalogue per language). A build does not need it: geonames.tsv is kept with the sources, so that it is the same on
# every machine. To renew it:
#
#   apt-get download libgeonames0 libgeonames-common
#   for package in libgeonames*.deb; do dpkg -x "$package" unpacked; done
#   data/gazetteer/geonames-extract.py unpacked 0.3.0-1 > data/gazetteer/geonames.tsv
#
# The program gresource (Debian's libglib2.0-bin) has to be there.
import collections
import gettext
import pathlib
import struct
import subprocess
import sys
import unicodedata

RESOURCE = '/com/lomiri/geonames/cities.compiled'

# Languages whose travellers write a place's name in their own way. Left out: those that transcribe whole gazetteers by rule.
LANGUAGES = '''en de fr es it pt nl sv da nb no nn fi is et lv lt pl cs sk sl hr bs sr mk bg ro hu el tr az ka hy uk be ru
kk ky uz mn he ar fa ur hi bn mr ne pa gu ta te kn ml si th lo km my vi id ms tl fil ja ko zh zh_CN zh_TW zh_HK yue ca eu gl
ga cy br mt lb fy af sq sw am'''.split()

# What is spoken where, for the names that a place's own people use.
SPOKEN = '''AD ca;AE ar;AF fa;AL sq;AM hy;AR es;AT de;AU en;AZ az;BA bs,hr,sr;BD bn;BE nl,fr,de;BG bg;BH ar;BO es;BR pt;BY be,ru;
CA en,fr;CH de,fr,it;CL es;CN zh,zh_CN;CO es;CR es;CU es;CY el,tr;CZ cs;DE de;DK da;DO es;DZ ar,fr;EC es;EE et;EG ar;ES es,ca,eu,gl;
ET am;FI fi,sv;FR fr,br;GB en,cy;GE ka;GR el;GT es;HK zh,zh_HK,yue;HN es;HR hr;HU hu;ID id;IE en,ga;IL he,ar;IN hi,bn,ta,te,kn,ml,mr,gu,pa;
IQ ar;IR fa;IS is;IT it,de;JO ar;JP ja;KE sw;KG ky,ru;KH km;KR ko;KW ar;KZ kk,ru;LA lo;LB ar;LI de;LK si,ta;LT lt;LU lb,fr,de;LV lv;
LY ar;MA ar,fr;MC fr;MD ro;ME sr,bs;MK mk,sq;MM my;MN mn;MO zh,yue,pt;MT mt;MX es;MY ms;NI es;NL nl,fy;NO nb,no,nn;NP ne;NZ en;OM ar;
PA es;PE es;PH tl,fil;PK ur;PL pl;PS ar;PT pt;PY es;QA ar;RO ro;RS sr;RU ru;SA ar;SE sv;SG en,zh,ms;SI sl;SK sk;SM it;SN fr;SV es;SY ar;
TH th;TN ar,fr;TR tr;TW zh,zh_TW;TZ sw;UA uk,ru;US en;UY es;UZ uz;VA it;VE es;VN vi;XK sq;YE ar;ZA en,af'''.replace('\n', '')
SPOKEN = {code: set(languages.split(',')) for code, languages in (entry.split() for entry in SPOKEN.split(';'))}

# The word for "city" that Japanese, Chinese and Korean hang on a name, and that people leave out.
CITY_SUFFIX = {'ja': '市', 'zh': '市', 'zh_CN': '市', 'zh_TW': '市', 'zh_HK': '市', 'yue': '市', 'ko': '시'}


def read_variant(data):
    """The rows of a GVariant a(sssssssudd): array offsets of four bytes, strings, then a number and two doubles, aligned."""
    first_offset = struct.unpack('<I', data[-4:])[0]
    ends = struct.unpack(f'<{(len(data) - first_offset) // 4}I', data[first_offset:])
    start = 0
    for end in ends:
        start = (start + 7) & ~7
        row, at, texts = data[start:end], 0, []
        for _ in range(7):
            stop = row.index(b'\0', at)
            texts.append(row[at:stop].decode())
            at = stop + 1
        at = (at + 3) & ~3
        population, at = struct.unpack_from('<I', row, at)[0], (at + 4 + 7) & ~7
        yield texts, population, *struct.unpack_from('<dd', row, at)
        start = end


def read_catalogues(root):
    names = {}
    for language in LANGUAGES:
        path = root / 'usr/share/locale' / language / 'LC_MESSAGES/geonames.mo'
        if path.exists():
            with open(path, 'rb') as stream:
                names[language] = {k: v for k, v in gettext.GNUTranslations(stream)._catalog.items() if k and v}
    return names


def fold(text):
    return ''.join(c for c in unicodedata.normalize('NFKD', text).lower() if c.isalnum())


def clean(text):
    return ' '.join(text.replace('|', ' ').replace('\t', ' ').split())


def collect(catalogues, key, country, name):
    """The names that differ from the main one by more than accents: first those in a language of the country."""
    own, others, seen = [], [], {fold(name)}
    spoken = SPOKEN.get(country, set())
    for language in sorted(catalogues, key=lambda language: (language not in spoken, LANGUAGES.index(language))):
        text = clean(catalogues[language].get(key, ''))
        variants = [text]
        suffix = CITY_SUFFIX.get(language)
        if suffix and text.endswith(suffix) and len(text.removesuffix(suffix).rstrip()) >= 2:
            variants.append(text.removesuffix(suffix).rstrip())
        for variant in variants:
            if variant and fold(variant) and fold(variant) not in seen:
                seen.add(fold(variant))
                (own if language in spoken else others).append(variant)
    return own, others


def main():
    root, version = pathlib.Path(sys.argv[1]), sys.argv[2]
    library = next(root.glob('usr/lib/*/libgeonames.so.0.*'))
    data = subprocess.run(['gresource', 'extract', library, RESOURCE], check=True, capture_output=True).stdout
    catalogues = read_catalogues(root)
    rows = sorted(read_variant(data), key=lambda row: (row[0][4], -row[1], int(row[0][0])))

    print('# Source: GeoNames (https://www.geonames.org/), by the Debian packages libgeonames0 and libgeonames-common', version)
    print('# Licence: CC BY 4.0, credit "GeoNames"')
    print('# Changed: made into this table by geonames-extract.py; names in some languages left out, coordinates rounded')
    print('# kind\tid\tname\tcountry\tadmin\tlat\tlon\tpopulation\ttimezone\tnames there\tother names')

    def put(kind, key, country, name, *fields):
        own, others = collect(catalogues, key, country, name)
        print(kind, key, name, country, *fields, '|'.join(own), '|'.join(others), sep='\t')

    countries = {texts[4]: texts[5] for texts, *_ in rows}
    for code in sorted(countries):
        put('country', code, code, clean(countries[code]), '', '', '', '', '')
    admins = {}
    for texts, *_ in rows:
        admins[f'{texts[4]}.{texts[2]}'] = clean(texts[3])
    for key in sorted(admins):
        if admins[key]:
            put('state', key, key[:2], admins[key], key[3:], '', '', '', '')
    for texts, population, lat, lon in rows:
        put('city', texts[0], texts[4], clean(texts[1]), texts[2], f'{lat:.4f}', f'{lon:.4f}', population, texts[6])


if __name__ == '__main__':
    main()
