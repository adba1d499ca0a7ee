using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace SyncHealth.Alerting.Worker.Runbooks;

/// <summary>Shows a runbook as a page. Knows the Markdown that our runbooks use (headings, lists, paragraphs, code) and no more.</summary>
internal static partial class MarkdownPage
{
    private const string Style = """
        :root{color-scheme:light dark}body{font:16px/1.6 system-ui,sans-serif;max-width:44rem;margin:3rem auto;padding:0 1rem}
        h1{line-height:1.2}code{background:color-mix(in srgb,currentColor 10%,transparent);padding:.1em .3em;border-radius:.2em}
        li{margin:.4em 0}
        """;

    public static string Of(string markdown)
    {
        var body = new StringBuilder();
        var title = "Runbook";
        foreach (var block in markdown.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (block.StartsWith("# ", StringComparison.Ordinal))
                title = block[2..];
            body.AppendLine(Block(block));
        }

        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{WebUtility.HtmlEncode(title)}</title>
            <style>{Style}</style></head><body>
            {body}</body></html>
            """;
    }

    private static string Block(string block)
    {
        var lines = block.Split('\n');
        if (block.StartsWith("## ", StringComparison.Ordinal))
            return $"<h2>{Inline(block[3..])}</h2>";
        if (block.StartsWith("# ", StringComparison.Ordinal))
            return $"<h1>{Inline(block[2..])}</h1>";
        if (lines.All(line => Numbered().IsMatch(line)))
            return $"<ol>{string.Concat(lines.Select(line => $"<li>{Inline(Numbered().Replace(line, ""))}</li>"))}</ol>";
        return lines.All(line => line.StartsWith("- ", StringComparison.Ordinal))
            ? $"<ul>{string.Concat(lines.Select(line => $"<li>{Inline(line[2..])}</li>"))}</ul>"
            : $"<p>{Inline(block)}</p>";
    }

    private static string Inline(string text) =>
        Bold().Replace(Code().Replace(WebUtility.HtmlEncode(text), "<code>$1</code>"), "<strong>$1</strong>");

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"\*\*([^*]+)\*\*")]
    private static partial Regex Bold();

    [GeneratedRegex(@"^\d+\. ")]
    private static partial Regex Numbered();
}
