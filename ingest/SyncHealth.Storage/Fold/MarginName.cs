namespace SyncHealth.Storage.Fold;

/// <summary>Whose counts a margin holds: one value of one dimension, in one environment of an app.</summary>
internal readonly record struct MarginName(int AppId, string Dimension, string Environment, string Value);
