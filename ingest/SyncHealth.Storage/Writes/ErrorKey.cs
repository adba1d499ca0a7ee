namespace SyncHealth.Storage.Writes;

/// <summary>An error of an app: its kind (wire name) and code; <c>""</c> where no code was reported.</summary>
internal readonly record struct ErrorKey(string App, string Kind, string Code);
