/**
 * The scripts that `why403 completion` prints. They know nothing themselves: they hand over the words before the
 * cursor, joined by the unit separator (so that an empty one and one that looks like an option survive), and get a
 * candidate a line.
 */

const BASH = `# why403 completion for bash. To use it: eval "$(why403 completion bash)" in ~/.bashrc
_why403() {
  local IFS=$'\\x1f' line current=\${COMP_WORDS[COMP_CWORD]}
  local words="\${COMP_WORDS[*]:1:COMP_CWORD}"
  COMPREPLY=()
  while IFS= read -r line; do
    # Inside quotes the shell takes a space as it is; outside it must be escaped.
    if [[ $current == [\\'\\"]* ]]; then COMPREPLY+=("$line"); else COMPREPLY+=("$(printf '%q' "$line")"); fi
  done < <(why403 completion --words="$words" 2>/dev/null)
  [[ \${#COMPREPLY[@]} -eq 1 && \${COMPREPLY[0]} == *= ]] && compopt -o nospace
}
complete -o default -F _why403 why403
`;

const ZSH = `#compdef why403
# why403 completion for zsh. To use it: why403 completion zsh > "\${fpath[1]}/_why403"
_why403() {
  local -a candidates
  local given=\${(pj:\\x1f:)words[2,CURRENT]}
  candidates=("\${(@f)$(why403 completion --words="$given" 2>/dev/null)}")
  if [[ -n \${candidates[1]} ]]; then compadd -- "\${candidates[@]}"; else _files; fi
}
if [[ $funcstack[1] == _why403 ]]; then _why403 "$@"; else compdef _why403 why403; fi
`;

const FISH = `# why403 completion for fish. To use it: why403 completion fish > ~/.config/fish/completions/why403.fish
function __why403_words
  set -l given (commandline -opc) (commandline -ct)
  set -l found (why403 completion --words=(string join \\x1f -- $given[2..-1]) 2>/dev/null)
  if set -q found[1]
    printf '%s\\n' $found
  else
    __fish_complete_path (commandline -ct)
  end
end
complete -c why403 -f -a '(__why403_words)'
`;

export const SCRIPTS: Readonly<Record<'bash' | 'zsh' | 'fish', string>> = {
  bash: BASH,
  zsh: ZSH,
  fish: FISH,
};
