"""Activities (กิจกรรม): something that happened on a day at a unit, for a stage and a step."""
