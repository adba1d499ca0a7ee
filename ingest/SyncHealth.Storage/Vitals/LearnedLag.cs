namespace SyncHealth.Storage.Vitals;

/// <summary>How many attempts of one hour of the week arrived with a lag of one class.</summary>
/// <param name="WeekHour">When they happened: 0 is Monday 00:00 UTC.</param>
/// <param name="Class">0 less than 1 min, 1 less than 15 min, 2 less than 1 h, 3 less than 6 h, 4 less than 24 h, 5 less than 72 h, 6 more.</param>
/// <param name="Attempts">Their number.</param>
public sealed record LearnedLag(short WeekHour, short Class, long Attempts);
