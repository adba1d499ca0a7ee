namespace SyncHealth.Alerting.Rules;

/// <summary>A receiver as a file defines it: keys are known to its type, secrets are only named.</summary>
/// <param name="Settings">Values by key, without <c>type</c>.</param>
/// <param name="Line">Line of its name in the file, for messages about its values.</param>
public sealed record ReceiverDefinition(string Name, ReceiverType Type, IReadOnlyDictionary<string, string> Settings, int Line);
