namespace SyncHealth.Fleet.Scenarios;

/// <summary>A version of the notes app.</summary>
internal sealed record Release(string Version, Defect Defect = Defect.None);
