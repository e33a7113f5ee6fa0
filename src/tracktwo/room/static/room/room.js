// What the pages do without being asked stays small: see the room's own words in each handler.
