/* SPDX-FileCopyrightText: 2026 The tripd authors
 * SPDX-License-Identifier: LGPL-2.1-or-later
 *
 * The validator against a plan written here by hand: clean as it stands and in variants that are as legal, and each rule
 * seen to fire, alone, on a fault planted for it. No rule of the library may be without a plant.
 */
#include "check/trip-plan-check.h"
#include "trip/json/trip-json.h"

#include <string.h>

#define POI(name, id, lat, lng, type, hours, more)                                                                        \
  "{\"name\":\"" name "\",\"description\":\"\",\"geo_coordinate\":{\"lat\":" #lat ",\"lng\":" #lng "},\"poi_type\":\"" type \
  "\",\"opening_hours\":\"" hours "\",\"id\":\"" id "\"" more "}"
#define SIGHT(name, id, lat, lng, hours, more) POI (name, id, lat, lng, "tourist_destination", hours, more)
#define TABLE(name, id, lat, lng) \
  POI (name, id, lat, lng, "restaurant", "Mo-Su 11:00-23:00", ",\"tags\":[\"food\",\"vegetarian\"]")
#define HOTEL(name, id, lat, lng) POI (name, id, lat, lng, "lodge", "24/7", ",\"tags\":[\"hotel\",\"wheelchair\"]")

#define ANKER HOTEL ("Hotel Anker", "t:anker", 48.001, 11.001)
#define BIRKE HOTEL ("Hotel Birke", "t:birke", 50.002, 11.002)
#define HOTEL_IN_A \
  POI ("Hotel Birke", "t:birke", 50.002, 11.002, "lodge", "24/7", ",\"city\":\"A\",\"tags\":[\"hotel\",\"wheelchair\"]")
#define MUSEUM \
  SIGHT ("Town Museum", "t:museum", 48.01, 11.01, "Mo-Su 09:00-18:00", \
         ",\"visit_minutes\":90,\"tags\":[\"museum\",\"wheelchair\"]")
#define CASTLE \
  SIGHT ("Upper Castle", "t:castle", 48.03, 11.02, "Mo-Su 09:00-18:00", \
         ",\"visit_minutes\":120,\"tags\":[\"castle\",\"wheelchair\"]")
#define LAKE SIGHT ("Lake Park", "t:lake", 48.02, 11.05, "24/7", ",\"tags\":[\"park\",\"wheelchair\"]")
#define BRIDGE SIGHT ("Old Bridge", "t:bridge", 48.016, 11.042, "Mo-Su 20:00-02:00", ",\"tags\":[\"bridge\",\"wheelchair\"]")
#define CHURCH SIGHT ("Saint Anna", "t:church", 48.005, 11.005, "Mo-Su 08:00-18:00", ",\"tags\":[\"church\",\"wheelchair\"]")
#define HALL SIGHT ("Art Hall", "t:hall", 50.005, 11.005, "Tu-Su 10:00-18:00", ",\"tags\":[\"art\",\"wheelchair\"]")
#define GARDEN \
  SIGHT ("Botanic Garden", "t:garden", 50.02, 11.03, "Mo-Su 09:00-19:00", ",\"tags\":[\"garden\",\"wheelchair\"]")
#define TOWER SIGHT ("Bell Tower", "t:tower", 50.01, 11.015, "Mo-Su 09:00-19:00", ",\"tags\":[\"tower\",\"wheelchair\"]")
#define AQUARIUM SIGHT ("Blue Tanks", "t:tanks", 50.012, 11.01, "Mo-Su 09:00-19:00", ",\"tags\":[\"aquarium\"]")
#define ARBOUR TABLE ("Arbour", "t:arbour", 48.0135, 11.0135)
#define MILL TABLE ("Mill", "t:mill", 48.015, 11.04)
#define KITCHEN TABLE ("Station Kitchen", "t:kitchen", 50.0, 11.0)
#define VINE TABLE ("Vine", "t:vine", 50.006, 11.01)
#define LEAF TABLE ("Leaf", "t:leaf", 50.018, 11.028)

#define AT(time, start, end) "\"time\":\"" time "\",\"start\":\"2027-04-" start ":00\",\"end\":\"2027-04-" end ":00\""
#define WAY(method, minutes, metres, more) \
  ",\"transportation\":{\"method\":\"" method "\",\"minutes\":" #minutes ",\"distance_m\":" #metres more "}"
#define FARE ",\"cost\":3"
#define BLOCK(at, kind, description, more) "{" at ",\"kind\":\"" kind "\",\"description\":\"" description "\"" more "}"
#define IN(place) ",\"pois\":[" place "]"
#define COST(amount) ",\"cost\":" #amount

#define FREE_BLOCK BLOCK (AT ("3:00 PM - 4:30 PM", "12T15:00", "12T16:30"), "free", "Free time", "")
#define TRANSFER_WAY ",\"transportation\":{\"method\":\"train\",\"minutes\":160,\"distance_m\":280000,\"cost\":60}"

static const char document[] =
  "{\"plan\":[{\"days\":["
  "{\"highlight\":\"\",\"blocks\":["
  BLOCK (AT ("9:00 AM - 9:20 AM", "12T09:00", "12T09:20"), "check_in", "Bags", IN (ANKER)) ","
  BLOCK (AT ("9:45 AM - 11:15 AM", "12T09:45", "12T11:15"), "visit", "Museum",
         IN (MUSEUM) WAY ("subway", 15, 1800, FARE) COST (12)) ","
  BLOCK (AT ("11:30 AM - 12:30 PM", "12T11:30", "12T12:30"), "meal", "Lunch",
         IN (ARBOUR) WAY ("walk", 10, 600, "") COST (20)) ","
  BLOCK (AT ("1:00 PM - 3:00 PM", "12T13:00", "12T15:00"), "visit", "Castle",
         IN (CASTLE) WAY ("bus", 20, 4000, FARE) COST (15)) ","
  FREE_BLOCK ","
  BLOCK (AT ("5:00 PM - 6:30 PM", "12T17:00", "12T18:30"), "visit", "Lake", IN (LAKE) WAY ("subway", 20, 4500, FARE)) ","
  BLOCK (AT ("7:00 PM - 8:00 PM", "12T19:00", "12T20:00"), "meal", "Dinner", IN (MILL) WAY ("walk", 18, 1200, "") COST (40)) ","
  BLOCK (AT ("8:20 PM - 9:15 PM", "12T20:20", "12T21:15"), "visit", "Bridge", IN (BRIDGE))
  "],\"lodging\":\"Hotel Anker\",\"lodging_poi\":" ANKER ",\"lodging_cost\":120,\"date\":\"2027-04-12\"},"
  "{\"highlight\":\"\",\"blocks\":["
  BLOCK (AT ("9:30 AM - 10:30 AM", "13T09:30", "13T10:30"), "visit", "Church", IN (CHURCH) WAY ("walk", 10, 700, "")) ","
  BLOCK (AT ("1:40 PM - 2:00 PM", "13T13:40", "13T14:00"), "transfer", "Train", TRANSFER_WAY) ","
  BLOCK (AT ("2:15 PM - 3:15 PM", "13T14:15", "13T15:15"), "meal", "Late lunch",
         IN (KITCHEN) WAY ("walk", 5, 300, "") COST (15)) ","
  BLOCK (AT ("3:30 PM - 5:30 PM", "13T15:30", "13T17:30"), "visit", "Art",
         IN (HALL) WAY ("tram", 10, 900, FARE) COST (10)) ","
  BLOCK (AT ("7:00 PM - 8:00 PM", "13T19:00", "13T20:00"), "meal", "Supper", IN (VINE) WAY ("walk", 8, 500, "") COST (35))
  "],\"lodging\":\"Hotel Birke\",\"lodging_poi\":" BIRKE ",\"lodging_cost\":100,\"date\":\"2027-04-13\"},"
  "{\"highlight\":\"\",\"blocks\":["
  BLOCK (AT ("10:00 AM - 11:30 AM", "14T10:00", "14T11:30"), "visit", "Garden",
         IN (GARDEN) WAY ("bus", 20, 3500, FARE)) ","
  BLOCK (AT ("12:00 PM - 1:00 PM", "14T12:00", "14T13:00"), "meal", "Salad", IN (LEAF) WAY ("walk", 5, 350, "") COST (18)) ","
  BLOCK (AT ("1:30 PM - 3:00 PM", "14T13:30", "14T15:00"), "visit", "Tower",
         IN (TOWER) WAY ("bus", 15, 1800, FARE) COST (9))
  "],\"date\":\"2027-04-14\"}"
  "],\"overall_cost\":\"€472.00\",\"general_notes\":\"As written.\",\"title\":\"By hand\",\"start_date\":\"2027-04-12\","
  "\"currency\":\"EUR\",\"cost_total\":472}],\"pois\":[" ANKER "," BIRKE "," MUSEUM "," CASTLE "," LAKE "," BRIDGE "," CHURCH
  "," HALL "," GARDEN "," TOWER "," AQUARIUM "," ARBOUR "," MILL "," KITCHEN "," VINE "," LEAF "]}";

/* @find is replaced where it stands first, or everywhere, and so is @extra, which makes room for the fault; %NULL plants
   the wish alone. */
typedef struct {
  const char *rule;
  const char *path;
  const char *find;
  const char *replace;
  const char *wish;
  TripPriority priority;
  gboolean everywhere;
  const char *extra;
  const char *extra_replace;
} Plant;

#define DAY(d) "plan[0].days[" #d "]"
#define DAY_BLOCK(d, b) DAY (d) ".blocks[" #b "]"
#define STOP(time, start, end, name, lat) \
  "," BLOCK (AT (time, start, end), "visit", name, \
             ",\"pois\":[{\"name\":\"" name "\",\"description\":\"\",\"geo_coordinate\":{\"lat\":" #lat ",\"lng\":11.02}}]")

static const Plant plants[] = {
  { .rule = "content", .path = "plan[0]", .find = "\"kind\":\"visit\"", "\"kind\":\"free\"", .everywhere = TRUE },
  { .rule = "days", .path = "plan[0]", .wish = "4 days", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "days", .path = "plan[0]", .wish = "5 nights", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "dates", .path = "plan[0]", .wish = "from 20 April 2027" },
  { .rule = "dates", .path = "plan[0]", .wish = "in June" },
  { .rule = "dates", .path = "plan[0]", .wish = "fly home on 16 April 2027 at 18:00", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "dates", .path = DAY (0), .find = "\"start_date\":\"2027-04-12\"", "\"start_date\":\"2027-04-11\"" },
  { .rule = "dates", .path = "plan[0]", .find = "\"start_date\":\"2027-04-12\"", "\"start_date\":\"soon\"" },
  { .rule = "dates", .path = DAY (1), .find = "\"date\":\"2027-04-13\"", "\"date\":\"the thirteenth\"" },
  { .rule = "lodging", .path = DAY (0), .find = "\"lodging\":\"Hotel Anker\"", "\"lodging\":\" \"" },
  { .rule = "lodging", .path = DAY (1), .find = "\"lodging\":\"Hotel Birke\"", "\"lodging\":\"Hotel Zander\"" },
  { .rule = "lodging", .path = DAY (1), .find = "\"lodging\":\"Hotel Birke\",\"lodging_poi\":" BIRKE,
    "\"lodging\":\"Vine\",\"lodging_poi\":" VINE },
  { .rule = "lodging", .path = DAY_BLOCK (0, 0), .find = "\"Bags\"" IN (ANKER),
    "\"Bags\"" IN (HOTEL ("Hotel Zander", "t:zander", 48.0011, 11.0011)),
    .extra = "],\"pois\":[" ANKER,
    .extra_replace = "],\"pois\":[" HOTEL ("Hotel Zander", "t:zander", 48.0011, 11.0011) "," ANKER },
  { .rule = "budget", .path = DAY (0), .wish = "hotel under €110 a night", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "lodging", .path = DAY (2), .find = "\"date\":\"2027-04-14\"",
    "\"lodging\":\"Hotel Birke\",\"lodging_poi\":" BIRKE ",\"date\":\"2027-04-14\"",
    .wish = "a different hotel each night" },
  { .rule = "lodging", .path = DAY (1), .find = "\"t:anker\",\"tags\":[\"hotel\"",
    "\"t:anker\",\"city\":\"A\",\"tags\":[\"hotel\"", .everywhere = TRUE, .extra = "\"lodging_poi\":" BIRKE,
    .extra_replace = "\"lodging_poi\":" HOTEL_IN_A, .wish = "same hotel" },
  { .rule = "lodging", .path = "plan[0]", .find = "\"t:anker\",\"tags\":[\"hotel\"",
    "\"t:anker\",\"city\":\"A\",\"tags\":[\"hotel\"", .everywhere = TRUE, .extra = "\"lodging_poi\":" BIRKE,
    .extra_replace = "\"lodging_poi\":" HOTEL_IN_A, .wish = "2 nights in Rome", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "lodging", .path = "plan[0]", .wish = "2 nights at Hotel Anker" },
  { .rule = "lodging", .path = "plan[0]", .wish = "stay at Hotel Zander" },
  { .rule = "lodging", .path = DAY (0), .find = "],\"pois\":[",
    "],\"pois\":[" POI ("Bunks", "t:bunks", 48.002, 11.002, "lodge", "24/7", ",\"tags\":[\"hostel\"]") ",",
    .wish = "hostels only", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "lodging", .path = "plan[0]", .find = "],\"pois\":[",
    "],\"pois\":[" POI ("Bunks", "t:bunks", 48.002, 11.002, "lodge", "24/7", ",\"tags\":[\"hostel\"]") ",",
    .wish = "hostels", .priority = TRIP_PRIORITY_PREFERRED },
  { .rule = "lodging", .path = DAY (0), .find = "],\"pois\":[",
    "],\"pois\":[" HOTEL ("Hotel Zander", "t:zander", 48.029, 11.019) ",",
    .wish = "hotel near the Upper Castle", .priority = TRIP_PRIORITY_PREFERRED },
  { .rule = "pace", .path = DAY (0), .find = FREE_BLOCK,
    BLOCK (AT ("3:00 PM - 3:05 PM", "12T15:00", "12T15:05"), "free", "Breath", "")
      STOP ("3:10 PM - 3:20 PM", "12T15:10", "12T15:20", "North Gate", 48.0301)
      STOP ("3:20 PM - 3:30 PM", "12T15:20", "12T15:30", "South Gate", 48.0302)
      STOP ("3:30 PM - 3:40 PM", "12T15:30", "12T15:40", "East Gate", 48.0301),
    .wish = "relaxed pace" },
  { .rule = "pace", .path = DAY (0), .find = "[\"castle\",\"wheelchair\"]", "[\"museum\",\"wheelchair\"]",
    .wish = "at most 1 museum a day", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "pace", .path = DAY (0), .find = "[\"castle\",\"wheelchair\"]", "[\"museum\",\"wheelchair\"]",
    .wish = "at most 2 hours of museums a day" },
  { .rule = "pace", .path = DAY (0), .wish = "at most 3 sights a day", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "pace", .path = DAY (0), .wish = "at most 3 sights a day", .priority = TRIP_PRIORITY_PREFERRED },
  { .rule = "free-time", .path = DAY (0), .find = "\"kind\":\"free\"", "\"kind\":\"visit\"", .wish = "with free time" },
  { .rule = "free-time", .path = DAY (0), .find = "\"kind\":\"free\"", "\"kind\":\"visit\"", .extra = "As written.",
    .extra_replace = "There is no free time on day 3. Costs are for 1 adult.", .wish = "with free time" },
  { .rule = "free-time", .path = DAY_BLOCK (0, 4), .wish = "free time", .priority = TRIP_PRIORITY_AVOID },
  { .rule = "times", .path = DAY_BLOCK (0, 1), .find = "9:45 AM - 11:15 AM", "9:45 AM - 11:30 AM" },
  { .rule = "times", .path = DAY_BLOCK (0, 1), .find = "9:45 AM - 11:15 AM", "in the morning" },
  { .rule = "times", .path = DAY_BLOCK (0, 1),
    .find = "\"start\":\"2027-04-12T09:45:00\"", "\"start\":\"2027-04-12T09:45:00Z\"" },
  { .rule = "times", .path = DAY_BLOCK (0, 1), .find = AT ("9:45 AM - 11:15 AM", "12T09:45", "12T11:15"), "\"time\":\"\"" },
  { .rule = "times", .path = DAY_BLOCK (0, 1), .find = AT ("9:45 AM - 11:15 AM", "12T09:45", "12T11:15"),
    AT ("11:15 AM - 9:45 AM", "12T11:15", "12T09:45") },
  { .rule = "order", .path = DAY_BLOCK (0, 1), .find = AT ("9:00 AM - 9:20 AM", "12T09:00", "12T09:20"),
    AT ("11:15 AM - 11:20 AM", "12T11:15", "12T11:20") },
  { .rule = "overlap", .path = DAY_BLOCK (0, 2), .find = AT ("9:45 AM - 11:15 AM", "12T09:45", "12T11:15"),
    AT ("9:45 AM - 11:40 AM", "12T09:45", "12T11:40") },
  { .rule = "overlap", .path = DAY_BLOCK (0, 2), .find = AT ("9:45 AM - 11:15 AM", "12T09:45", "12T11:15"),
    AT ("9:45 AM - 11:25 AM", "12T09:45", "12T11:25") },
  { .rule = "overlap", .path = DAY_BLOCK (1, 0), .find = AT ("8:20 PM - 9:15 PM", "12T20:20", "12T21:15"),
    AT ("11:00 PM - 10:00 AM", "12T23:00", "13T10:00"), .extra = "Mo-Su 20:00-02:00", .extra_replace = "24/7" },
  { .rule = "duration", .path = DAY_BLOCK (0, 1), .find = AT ("9:45 AM - 11:15 AM", "12T09:45", "12T11:15"),
    AT ("9:45 AM - 9:48 AM", "12T09:45", "12T09:48") },
  { .rule = "duration", .path = DAY_BLOCK (0, 3), .find = "\"visit_minutes\":120", "\"visit_minutes\":600" },
  { .rule = "bounds", .path = DAY_BLOCK (0, 0), .wish = "start after 9:30am" },
  { .rule = "bounds", .path = DAY_BLOCK (0, 7), .wish = "back by 9pm" },
  { .rule = "arrival", .path = DAY_BLOCK (0, 0), .wish = "we arrive at 9:15am", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "arrival", .path = DAY_BLOCK (0, 0), .wish = "landing at 8:45am", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "arrival", .path = DAY_BLOCK (0, 0),
    .find = BLOCK (AT ("9:00 AM - 9:20 AM", "12T09:00", "12T09:20"), "check_in", "Bags", IN (ANKER)),
    BLOCK (AT ("8:00 AM - 8:20 AM", "12T08:00", "12T08:20"), "transfer", "Train", ""), .wish = "arrive at 9:00am",
    .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "departure", .path = DAY_BLOCK (2, 2), .wish = "leave at 14:30 on the last day",
    .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "departure", .path = DAY_BLOCK (2, 2), .wish = "our flight home leaves at 3:30pm",
    .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "departure", .path = DAY_BLOCK (2, 2), .wish = "be at the airport by 3:05pm", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "departure", .path = DAY_BLOCK (2, 3), .find = "],\"date\":\"2027-04-14\"}",
    "," BLOCK (AT ("3:30 PM - 4:00 PM", "14T15:30", "14T16:00"), "transfer", "To the station", "")
      "],\"date\":\"2027-04-14\"}",
    .wish = "train home at 15:10", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "opening-hours", .path = DAY_BLOCK (0, 1), .find = "Mo-Su 09:00-18:00", "Tu-Su 09:00-18:00" },
  { .rule = "opening-hours", .path = DAY_BLOCK (0, 1), .find = "Mo-Su 09:00-18:00", "Mo-Su 09:00-18:00; Apr 12 off" },
  { .rule = "opening-hours", .path = DAY_BLOCK (0, 1), .find = "Mo-Su 09:00-18:00", "Mo-Su 10:00-18:00" },
  { .rule = "opening-hours", .path = DAY_BLOCK (0, 7), .find = "Mo-Su 20:00-02:00", "Mo-Su 20:00-21:00" },
  { .rule = "travel", .path = DAY_BLOCK (0, 3),
    .find = "\"minutes\":20,\"distance_m\":4000", "\"minutes\":1,\"distance_m\":4000" },
  { .rule = "travel", .path = DAY_BLOCK (0, 3), .find = "\"distance_m\":4000", "\"distance_m\":400" },
  { .rule = "travel", .path = DAY_BLOCK (0, 6),
    .find = "\"minutes\":18,\"distance_m\":1200", "\"minutes\":18,\"distance_m\":9000" },
  { .rule = "travel", .path = DAY_BLOCK (0, 3), .find = WAY ("bus", 20, 4000, FARE), "",
    .extra = "\"lodging_cost\":120", .extra_replace = "\"lodging_cost\":123" },
  { .rule = "transfer", .path = DAY_BLOCK (1, 2), .find = "\"method\":\"train\"", "\"method\":\"subway\"" },
  { .rule = "transfer", .path = DAY_BLOCK (1, 2), .find = "\"transfer\",\"description\":\"Train\"" TRANSFER_WAY,
    "\"free\",\"description\":\"Train\"" COST (60) },
  { .rule = "transfer", .path = DAY (0), .find = "\"lodging\":\"Hotel Anker\",\"lodging_poi\":" ANKER,
    "\"lodging\":\"Hotel Birke\",\"lodging_poi\":" BIRKE },
  { .rule = "walking", .path = DAY_BLOCK (0, 6), .wish = "no long walks" },
  { .rule = "walking", .path = DAY_BLOCK (0, 6), .wish = "no walks over 1100 m", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "walking", .path = DAY_BLOCK (0, 6), .wish = "no walks over 1100 m", .priority = TRIP_PRIORITY_PREFERRED },
  { .rule = "walking", .path = DAY (0), .wish = "no more than 1.5 km on foot a day", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "transport", .path = DAY_BLOCK (0, 3), .wish = "no buses", .priority = TRIP_PRIORITY_AVOID },
  { .rule = "transport", .path = DAY_BLOCK (0, 1), .wish = "taxis only", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "transport", .path = DAY_BLOCK (1, 3), .find = "\"method\":\"tram\"", "\"method\":\"taxi\"",
    .wish = "public transport only" },
  { .rule = "travel-limit", .path = DAY (0), .wish = "at most 1 subway ride a day", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "travel-limit", .path = DAY (0), .wish = "max 2 rides a day", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "travel-limit", .path = DAY (0), .wish = "at most 1 hour of travel a day", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "travel-limit", .path = DAY_BLOCK (0, 3), .find = "\"minutes\":20,\"distance_m\":4000",
    "\"minutes\":26,\"distance_m\":4000", .wish = "at most 25 minutes on the bus" },
  { .rule = "coordinates", .path = DAY_BLOCK (0, 3), .find = "{\"lat\":48.03,\"lng\":11.02}", "{\"lat\":0,\"lng\":0}" },
  { .rule = "duplicate", .path = DAY_BLOCK (2, 2), .find = TOWER, GARDEN },
  { .rule = "duplicate", .path = "pois[1]", .find = "],\"pois\":[", "],\"pois\":[" ANKER "," },
  { .rule = "place-id", .path = DAY_BLOCK (0, 3), .find = "t:castle", "t:nowhere" },
  { .rule = "place-id", .path = DAY_BLOCK (0, 3), .find = "Upper Castle", "Lower Castle" },
  { .rule = "place-id", .path = DAY_BLOCK (0, 3), .find = "48.03", "48.04" },
  { .rule = "meals", .path = DAY (0), .find = "\"kind\":\"meal\",\"description\":\"Lunch\"",
    "\"kind\":\"visit\",\"description\":\"Lunch\"" },
  { .rule = "meals", .path = DAY (0), .find = "\"kind\":\"meal\",\"description\":\"Dinner\"",
    "\"kind\":\"visit\",\"description\":\"Dinner\"" },
  { .rule = "meals", .path = DAY_BLOCK (0, 3), .find = "\"kind\":\"visit\",\"description\":\"Castle\"",
    "\"kind\":\"meal\",\"description\":\"Castle\"" },
  { .rule = "meals", .path = DAY_BLOCK (0, 6), .find = "\"kind\":\"visit\",\"description\":\"Lake\"",
    "\"kind\":\"meal\",\"description\":\"Lake\"" },
  { .rule = "meals", .path = DAY_BLOCK (0, 4), .find = "\"kind\":\"free\"", "\"kind\":\"meal\"" },
  { .rule = "diet", .path = DAY_BLOCK (0, 2),
    .find = "[\"food\",\"vegetarian\"]", "[\"food\",\"seafood\"]", .wish = "vegetarian" },
  { .rule = "cost", .path = "plan[0]", .find = "\"cost_total\":472", "\"cost_total\":472.5" },
  { .rule = "cost", .path = "plan[0]", .find = "\"cost_total\":472", "\"x\":1" },
  { .rule = "cost", .path = "plan[0]", .find = "€472.00", "€4,720.00" },
  { .rule = "cost", .path = "plan[0]", .find = "\"lodging_cost\":120", "\"lodging_cost\":110" },
  { .rule = "budget", .path = "plan[0]", .wish = "under €400", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "budget", .path = "plan[0]", .wish = "€150 per day", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "budget", .path = "plan[0]", .wish = "under $4000", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "budget", .path = DAY (0), .wish = "€200 per day", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "budget", .path = DAY (0), .wish = "€50 a day on food", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "budget", .path = DAY (0), .wish = "€59.99 a day on food", .priority = TRIP_PRIORITY_PREFERRED },
  { .rule = "budget", .path = DAY (0), .wish = "€200 per person per day", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "budget", .path = DAY (0), .wish = "€8 a day on transport", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "budget", .path = DAY_BLOCK (0, 3), .wish = "max 14 euros per sight", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "budget", .path = DAY_BLOCK (0, 6), .wish = "meals under €38 each", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "must-have", .path = "plan[0]", .find = "],\"pois\":[",
    "],\"pois\":[" SIGHT ("Sea Cave", "t:cave", 48.02, 11.03, "24/7", ",\"must_see\":true") "," },
  { .rule = "must-have", .path = "plan[0]", .wish = "aquarium", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "avoid", .path = DAY_BLOCK (0, 1), .wish = "museums", .priority = TRIP_PRIORITY_AVOID },
  { .rule = "avoid", .path = DAY_BLOCK (0, 3), .wish = "Upper Castle", .priority = TRIP_PRIORITY_AVOID },
  { .rule = "access", .path = DAY_BLOCK (0, 3), .find = "[\"castle\",\"wheelchair\"]", "[\"castle\"]",
    .wish = "wheelchair accessible" },
  { .rule = "access", .path = DAY_BLOCK (0, 3), .find = "[\"castle\",\"wheelchair\"]", "[\"castle\"]",
    .extra = "As written.", .extra_replace = "Town Museum may have steps.", .wish = "wheelchair accessible" },
  { .rule = "access", .path = DAY_BLOCK (0, 3), .find = "[\"castle\",\"wheelchair\"]", "[\"castle\"]",
    .wish = "wheelchair accessible", .priority = TRIP_PRIORITY_PREFERRED },
  { .rule = "access", .path = DAY_BLOCK (2, 0), .find = "[\"garden\",\"wheelchair\"]", "[\"garden\"]",
    .extra = "[\"castle\",\"wheelchair\"]", .extra_replace = "[\"castle\"]", .wish = "wheelchair accessible",
    .priority = TRIP_PRIORITY_PREFERRED },
  { .rule = "access", .path = DAY (0), .find = "[\"hotel\",\"wheelchair\"]", "[\"hotel\"]", .everywhere = TRUE,
    .wish = "wheelchair accessible" },
  { .rule = "access", .path = "plan[0]", .wish = "with our dog", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "children", .path = DAY_BLOCK (0, 7), .find = "[\"bridge\",\"wheelchair\"]", "[\"nightlife\",\"bar\"]",
    .wish = "2 adults and 2 children" },
  { .rule = "day-wish", .path = DAY (1), .wish = "a museum on day 2", .priority = TRIP_PRIORITY_PREFERRED },
  { .rule = "day-wish", .path = DAY (2), .wish = "castles on the last day", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "day-wish", .path = DAY_BLOCK (0, 5), .wish = "parks on day 1", .priority = TRIP_PRIORITY_AVOID },
  { .rule = "day-wish", .path = DAY (1), .wish = "Upper Castle on day 2", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .rule = "wish", .path = "plan[0]", .wish = "aquariums", .priority = TRIP_PRIORITY_PREFERRED },
  { .rule = "wish", .path = "plan[0]", .find = "],\"pois\":[",
    "],\"pois\":[" POI ("Net", "t:net", 48.014, 11.014, "restaurant", "24/7", ",\"tags\":[\"food\",\"seafood\"]") ",",
    .wish = "seafood", .priority = TRIP_PRIORITY_PREFERRED },
  { .rule = "wish", .path = "plan[0]", .wish = "by bike", .priority = TRIP_PRIORITY_PREFERRED },
  { .rule = "crowds", .path = DAY_BLOCK (0, 3), .find = "[\"castle\",\"wheelchair\"]",
    "[\"castle\",\"wheelchair\",\"crowded\"]", .wish = "crowds", .priority = TRIP_PRIORITY_AVOID },
};

/* As legal as the plan itself, each in its own way. */
static const Plant variants[] = {
  { .path = "out past midnight", .find = AT ("8:20 PM - 9:15 PM", "12T20:20", "12T21:15"),
    .replace = AT ("11:30 PM - 12:45 AM", "12T23:30", "13T00:45") },
  { .path = "until 1 am was asked for", .find = AT ("8:20 PM - 9:15 PM", "12T20:20", "12T21:15"),
    .replace = AT ("11:30 PM - 12:45 AM", "12T23:30", "13T00:45"), .wish = "back by 1am" },
  { .path = "coffee at four", .find = FREE_BLOCK,
    .replace = BLOCK (AT ("4:00 PM - 4:30 PM", "12T16:00", "12T16:30"), "meal", "Coffee and cake", "") },
  { .path = "free time at noon", .find = "\"kind\":\"meal\",\"description\":\"Lunch\"",
    .replace = "\"kind\":\"free\",\"description\":\"Lunch\"" },
  { .path = "a bus between the cities", .find = "\"method\":\"train\"", .replace = "\"method\":\"express coach\"" },
  { .path = "a way in words", .find = "\"method\":\"train\"", .replace = "\"method\":\"Walk + ICE train\"" },
  { .path = "a duration in words", .find = "\"minutes\":160,\"distance_m\":280000",
    .replace = "\"duration\":\"2 hours 40 minutes\"" },
  { .path = "a total without parts", .find = "cost\":", .replace = "price\":", .everywhere = TRUE,
    .extra = "overall_price", .extra_replace = "overall_cost" },
  { .path = "a total for each", .find = "€472.00", .replace = "€236 per person" },
  { .path = "a rounded total", .find = "€472.00", .replace = "472 EUR" },
  { .path = "two places of one block", .find = IN (LAKE),
    .replace = IN (LAKE ",{\"name\":\"Boat House\",\"description\":\"\",\"geo_coordinate\":{\"lat\":48.021,\"lng\":11.051},"
                        "\"opening_hours\":\"Mo-Su 17:30-22:00\"}") },
  { .path = "no hours known", .find = "Mo-Su 09:00-18:00", .replace = "by appointment" },
  { .path = "a budget that holds", .wish = "under €500", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "a budget for each day", .wish = "€220 per day", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "a soft budget that the notes give up", .find = "As written.", .replace = "Not within the budget of €400.",
    .wish = "€400", .priority = TRIP_PRIORITY_PREFERRED },
  { .path = "step-free, as the notes doubt", .find = "[\"castle\",\"wheelchair\"]", .replace = "[\"castle\"]",
    .extra = "As written.", .extra_replace = "Upper Castle may have steps.", .wish = "wheelchair accessible",
    .priority = TRIP_PRIORITY_PREFERRED },
  { .path = "beds that may have steps, as the notes say", .find = "[\"hotel\",\"wheelchair\"]", .replace = "[\"hotel\"]",
    .everywhere = TRUE, .extra = "As written.", .extra_replace = "Hotel Anker and Hotel Birke may have steps.",
    .wish = "wheelchair accessible", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "a dog, as the notes say", .find = "As written.", .replace = "Ask whether animals are let in.",
    .wish = "with our dog", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "free time that was not to be, as the notes say", .find = "As written.",
    .replace = "Some time is free on day 1: nothing more is open.", .wish = "free time", .priority = TRIP_PRIORITY_AVOID },
  { .path = "far from where to stay, as no bed is nearer", .wish = "hotel near the Upper Castle",
    .priority = TRIP_PRIORITY_PREFERRED },
  { .path = "near to where to stay", .wish = "hotel near the Town Museum", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "a kind of house that is there", .wish = "hotels", .priority = TRIP_PRIORITY_PREFERRED },
  { .path = "a lively square by day", .find = "[\"castle\",\"wheelchair\"]", .replace = "[\"square\",\"nightlife\",\"bar\"]",
    .wish = "2 adults and 2 children" },
  { .path = "a day without free time, as the notes say", .find = "\"kind\":\"free\"", .replace = "\"kind\":\"visit\"",
    .extra = "As written.", .extra_replace = "There is no free time on day 1.", .wish = "with free time" },
  { .path = "a landing in time", .wish = "we land at 8am", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "home on the day that was said", .wish = "fly home on 14 April 2027 at 18:00",
    .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "a flight in time", .wish = "fly home at 16:00", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "leaving when the last visit ends", .wish = "leave at 15:00 on the last day", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "a night of the price that was asked for", .wish = "hotel under €130 a night",
    .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "a night at the house that was named", .wish = "1 night at Hotel Anker", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "one house in each city", .wish = "same hotel throughout", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "a house that nobody knows, as the notes say", .find = "As written.", .replace = "Hotel Zander is not known.",
    .wish = "stay at Hotel Zander", .priority = TRIP_PRIORITY_PREFERRED },
  { .path = "more sights than wished, as the notes say", .find = "As written.",
    .replace = "There are more than 3 sights on day 1, as they have to be seen.", .wish = "at most 3 sights a day",
    .priority = TRIP_PRIORITY_PREFERRED },
  { .path = "as many sights as may be", .wish = "at most 4 sights a day", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "no farther on foot than may be", .wish = "no more than 2 km on foot a day", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "lines of all kinds", .wish = "public transport only", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "longer walks than wished, as the notes say", .find = "As written.",
    .replace = "There is more walking than was wished.", .wish = "no walks over 1100 m", .priority = TRIP_PRIORITY_PREFERRED },
  { .path = "an early start, as the notes say", .find = "As written.", .replace = "Not kept: start after 9:30am.",
    .wish = "start after 9:30am", .priority = TRIP_PRIORITY_PREFERRED },
  { .path = "a means that was not wished for, as the notes say", .find = "As written.", .replace = "The bus cannot be avoided.",
    .wish = "no buses", .priority = TRIP_PRIORITY_PREFERRED },
  { .path = "food that was not wished for, as the notes say", .find = "[\"food\",\"vegetarian\"]",
    .replace = "[\"food\",\"seafood\"]", .extra = "As written.", .extra_replace = "Arbour may have meat.",
    .wish = "vegetarian", .priority = TRIP_PRIORITY_PREFERRED },
  { .path = "a train to another city is no ride about town", .find = "\"transfer\",\"description\":\"Train\"",
    .replace = "\"free\",\"description\":\"Train\"", .wish = "at most 90 minutes of travel a day",
    .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "more on food than wished, as the notes say", .find = "As written.",
    .replace = "“€50 a day on food” is not kept on day 1.", .wish = "€50 a day on food", .priority = TRIP_PRIORITY_PREFERRED },
  { .path = "meals to the cent", .wish = "€60.00 a day on food", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "few rides", .wish = "at most 2 subway rides a day", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "little travel", .wish = "at most 2 hours of travel a day", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "meals within their money", .wish = "€60 a day on food", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "tickets within their money", .wish = "max 15 euros per sight", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "a museum on its day", .wish = "a museum on day 1", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "a museum on another day, as the notes say", .find = "As written.",
    .replace = "“A museum on day 2” is not kept: none is open.", .wish = "a museum on day 2" },
  { .path = "a day for what nobody knows of", .wish = "a zoo on day 2", .priority = TRIP_PRIORITY_PREFERRED },
  { .path = "an interest that nothing is for, as the notes say", .find = "As written.", .replace = "Blue Tanks are left out.",
    .wish = "aquariums", .priority = TRIP_PRIORITY_PREFERRED },
  { .path = "an interest that nobody knows of", .wish = "zoos", .priority = TRIP_PRIORITY_PREFERRED },
  { .path = "an interest that is met", .wish = "into history and castles", .priority = TRIP_PRIORITY_PREFERRED },
  { .path = "lines for who prefers them", .wish = "by train", .priority = TRIP_PRIORITY_PREFERRED },
  { .path = "no bike, as the notes say", .find = "As written.", .replace = "No way in this option is by bike.",
    .wish = "by bike", .priority = TRIP_PRIORITY_PREFERRED },
  { .path = "a crowd, as the notes say", .find = "[\"castle\",\"wheelchair\"]",
    .replace = "[\"castle\",\"wheelchair\",\"crowded\"]", .extra = "As written.",
    .extra_replace = "Expect crowds at Upper Castle.",
    .wish = "avoid crowds", .priority = TRIP_PRIORITY_AVOID },
  { .path = "a crowded place in the evening", .find = "[\"park\",\"wheelchair\"]",
    .replace = "[\"park\",\"wheelchair\",\"crowded\"]", .wish = "avoid crowds", .priority = TRIP_PRIORITY_AVOID },
  { .path = "a must-have that is there", .wish = "castle", .priority = TRIP_PRIORITY_MUST_HAVE },
  { .path = "an avoided thing that is not there", .wish = "zoo", .priority = TRIP_PRIORITY_AVOID },
};

static char *
replace_in (const char *text,
            const char *find,
            const char *replace,
            gboolean    everywhere)
{
  const char *at = strstr (text, find);
  GString *result;

  if (at == NULL)
    g_error ("“%s” is not in the document", find);
  result = g_string_new (text);
  if (everywhere)
    {
      g_string_replace (result, find, replace, 0);
    }
  else
    {
      g_string_erase (result, at - text, (gssize) strlen (find));
      g_string_insert (result, at - text, replace);
    }
  return g_string_free (result, FALSE);
}

static void
read_list (const TripJson  *json,
           const char      *name,
           TripJsonReadFunc read,
           GPtrArray       *items)
{
  g_autoptr(GError) error = NULL;

  trip_json_node_read_list (trip_json_node_member (trip_json_get_root (json), name), read, items, &error);
  g_assert_no_error (error);
}

/* The violations of the document, after a change and under a wish. */
static GPtrArray *
check (const Plant *change,
       gboolean     with_change)
{
  g_autoptr(GPtrArray) options = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_plan_option_free);
  g_autoptr(GPtrArray) pois = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_poi_unref);
  g_autoptr(GPtrArray) requirements = g_ptr_array_new_with_free_func ((GDestroyNotify) trip_requirement_free);
  g_autoptr(GError) error = NULL;
  g_autoptr(TripJson) json = NULL;
  g_autoptr(GBytes) bytes = NULL;
  g_autofree char *changed = g_strdup (document);
  GDate today;

  if (with_change && change->find != NULL)
    {
      char *text = replace_in (changed, change->find, change->replace, change->everywhere);

      g_free (changed);
      changed = text;
    }
  if (with_change && change->extra != NULL)
    {
      char *text = replace_in (changed, change->extra, change->extra_replace, FALSE);

      g_free (changed);
      changed = text;
    }
  bytes = g_bytes_new (changed, strlen (changed));
  json = trip_json_parse (bytes, 1024 * 1024, &error);
  g_assert_no_error (error);
  read_list (json, "plan", (TripJsonReadFunc) trip_plan_option_read, options);
  read_list (json, "pois", (TripJsonReadFunc) trip_poi_read, pois);
  if (change != NULL && change->wish != NULL)
    g_ptr_array_add (requirements, trip_requirement_new (change->wish, change->priority));
  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 22, G_DATE_NOVEMBER, 2026);
  return trip_plan_check (options, pois, requirements, &today);
}

static void
tell (GPtrArray *violations)
{
  for (guint i = 0; i < violations->len; i++)
    {
      const TripViolation *violation = g_ptr_array_index (violations, i);

      g_test_message ("%s: %s: %s", violation->path, violation->rule, violation->message);
    }
}

static void
test_clean (void)
{
  g_autoptr(GPtrArray) violations = check (NULL, FALSE);

  tell (violations);
  g_assert_cmpuint (violations->len, ==, 0);
}

static void
test_variant (gconstpointer data)
{
  g_autoptr(GPtrArray) violations = check (data, TRUE);

  tell (violations);
  g_assert_cmpuint (violations->len, ==, 0);
}

/* Without the fault nothing fires, with it its rule and no other. */
static void
test_plant (gconstpointer data)
{
  const Plant *plant = data;
  g_autoptr(GPtrArray) violations = check (plant, TRUE);
  gboolean is_placed = FALSE;

  tell (violations);
  g_assert_cmpuint (violations->len, >=, 1);
  for (guint i = 0; i < violations->len; i++)
    {
      const TripViolation *violation = g_ptr_array_index (violations, i);

      g_assert_cmpstr (violation->rule, ==, plant->rule);
      g_assert_cmpstr (violation->message, !=, "");
      is_placed = is_placed || strcmp (violation->path, plant->path) == 0;
    }
  g_assert_true (is_placed);

  if (plant->find != NULL)
    {
      g_autoptr(GPtrArray) before = check (plant, FALSE);

      tell (before);
      g_assert_cmpuint (before->len, ==, 0);
    }
}

static void
test_rules (void)
{
  const char * const *rules = trip_plan_check_rules ();

  for (guint i = 0; rules[i] != NULL; i++)
    {
      gboolean is_planted = FALSE;

      for (gsize k = 0; k < G_N_ELEMENTS (plants); k++)
        is_planted = is_planted || strcmp (plants[k].rule, rules[i]) == 0;
      g_test_message ("%s", rules[i]);
      g_assert_true (is_planted);
    }
  for (gsize k = 0; k < G_N_ELEMENTS (plants); k++)
    g_assert_true (g_strv_contains (rules, plants[k].rule));
}

/* Every rule has its line in the table that people read. */
static void
test_rules_are_documented (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "doc", "checking.md", NULL);
  g_autofree char *text = NULL;
  g_autoptr(GError) error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  for (const char * const *rule = trip_plan_check_rules (); *rule != NULL; rule++)
    {
      g_autofree char *row = g_strdup_printf ("| `%s` |", *rule);

      g_test_message ("%s", row);
      g_assert_nonnull (strstr (text, row));
    }
}

static void
test_no_options (void)
{
  g_autoptr(GPtrArray) nothing = g_ptr_array_new ();
  g_autoptr(GPtrArray) violations = NULL;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 22, G_DATE_NOVEMBER, 2026);
  violations = trip_plan_check (nothing, nothing, nothing, &today);
  g_assert_cmpuint (violations->len, ==, 1);
  g_assert_cmpstr (((TripViolation *) g_ptr_array_index (violations, 0))->rule, ==, "content");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/plan-check/clean", test_clean);
  g_test_add_func ("/plan-check/no-options", test_no_options);
  g_test_add_func ("/plan-check/rules", test_rules);
  g_test_add_func ("/plan-check/rules-are-documented", test_rules_are_documented);
  for (gsize i = 0; i < G_N_ELEMENTS (variants); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plan-check/legal/%" G_GSIZE_FORMAT "-%s", i, variants[i].path);

      g_test_add_data_func (path, &variants[i], test_variant);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (plants); i++)
    {
      g_autofree char *path = g_strdup_printf ("/plan-check/plant/%s/%" G_GSIZE_FORMAT, plants[i].rule, i);

      g_test_add_data_func (path, &plants[i], test_plant);
    }
  return g_test_run ();
}
