namespace SyncHealth.Storage.Writes;

/// <summary>An error's kind (wire name) and code; <c>""</c> where no code was reported.</summary>
internal readonly record struct ErrorKey(string Kind, string Code);
