namespace SyncHealth.Alerting.Rules;

/// <summary>Reads one entry of <c>receivers</c>: knows which keys a type takes, not what their values mean to a channel.</summary>
internal static class ReceiverReader
{
    public static ReceiverDefinition? Read(string name, Section section)
    {
        if (section.RequiredText("type") is not { } typeName)
            return null;
        if (!ReceiverType.ByName.TryGetValue(typeName, out var type))
        {
            section.Refuse("type", $"'{typeName}' is not known. Allowed: {string.Join(", ", ReceiverType.ByName.Keys)}.");
            return null;
        }

        foreach (var secret in type.AllSecrets.Where(section.Has))
            section.Refuse(secret, $"secrets do not stand in files of rules. Use {secret}File or {secret}Env.");
        section.RefuseUnknown([.. type.AllowedKeys, .. type.AllSecrets]);
        foreach (var key in type.Required)
            section.RequiredText(key);
        foreach (var secret in type.Secrets.Where(secret => section.Has(secret + "File") == section.Has(secret + "Env") && !section.Has(secret)))
            section.Refuse("", $"needs exactly one of {secret}File and {secret}Env.");
        if (type.AnyOf.Count > 0 && !type.AnyOf.Any(secret => section.Has(secret + "File") || section.Has(secret + "Env") || section.Has(secret)))
            section.Refuse("", $"needs {string.Join(" or ", type.AnyOf.Select(secret => $"{secret}File (or {secret}Env)"))}.");
        foreach (var secret in type.AllSecrets.Except(type.Secrets).Where(secret => section.Has(secret + "File") && section.Has(secret + "Env")))
            section.Refuse("", $"takes at most one of {secret}File and {secret}Env.");

        var settings = type.AllowedKeys.Where(key => key != "type" && section.Has(key)).ToDictionary(key => key, key => section.Text(key) ?? "");
        return new ReceiverDefinition(name, type, settings, section.Line);
    }
}
