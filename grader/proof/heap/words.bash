# Words and arrays that grow, in loops: what record-traces has bash run.
declare -A words
for i in {1..300}; do
	words[k$i]=v${i}xxxxxxxxxxxxxxxx
	text="$text ${words[k$((i / 2))]}"
	lines+=("$i-$text")
	[ ${#lines[@]} -le 20 ] || lines=("${lines[@]:10}")
done
for i in {1..900}; do
	case $((i % 7)) in
	0) list="$list:${lines[i % 10]:i % 50:40}" ;;
	*) unset "words[k$((i * 7 % 300))]" ;;
	esac
done
