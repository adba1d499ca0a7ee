namespace SyncHealth.Storage.Alerts;

/// <summary>How the alerts of a rule went during a period.</summary>
/// <param name="Incidents">Incidents that began in it.</param>
/// <param name="Open">Those still open at its end.</param>
/// <param name="Brief">Those over within five minutes.</param>
/// <param name="Acknowledged">Those that somebody was on.</param>
/// <param name="Duplicates">Those that began within half an hour of the end of the one before, of the same alert.</param>
/// <param name="BriefSeconds">Length that nine tenths of the brief ones did not pass; null without any.</param>
public sealed record AlertNoise(string Rule, int Incidents, int Open, int Brief, int Acknowledged, int Duplicates, double? BriefSeconds);
