namespace SyncHealth.Fleet.Scenarios;

/// <summary>People who are out of reach of any network for long, and go on working.</summary>
/// <param name="Cohort">Whose devices: name of the persona.</param>
/// <param name="From">Fleet time at which they leave.</param>
/// <param name="Until">Fleet time at which they are back, all of them.</param>
internal sealed record Absence(string Cohort, TimeSpan From, TimeSpan Until);
