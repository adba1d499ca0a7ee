namespace SyncHealth.Fleet.Scenarios;

/// <summary>A company hands the app to its staff: their devices open it for the first time within minutes, and each fetches the company's notebook whole.</summary>
/// <param name="Share">Share of the fleet, from 0 to 1.</param>
/// <param name="From">Fleet time at which the first of them opens the app.</param>
/// <param name="Over">Time until the last one has.</param>
/// <param name="ImportsEvery">Mean time between the imports of the one device that fills the notebook, from the start on.</param>
internal sealed record Wave(double Share, TimeSpan From, TimeSpan Over, TimeSpan ImportsEvery);
