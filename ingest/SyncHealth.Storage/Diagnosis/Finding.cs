namespace SyncHealth.Storage.Diagnosis;

/// <summary>Something that someone should change.</summary>
/// <param name="Code">Stable name.</param>
/// <param name="What">What is the matter, with the figure.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record Finding(string Code, string What, string Remedy);
